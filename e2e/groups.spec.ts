import { axeFaults } from "./axe";
import type { Database } from "./database";
import { expect, type OktaApp, type Org, test } from "./fixtures";

const person = (org: Org, givenName: string, familyName: string) => ({
  userName: `${givenName}@${org.domain}`.toLowerCase(),
  givenName,
  familyName,
  displayName: `${givenName} ${familyName}`,
});

/** Ann and Bob, and a group of both, as Okta pushes them. */
async function pushed(org: Org, okta: OktaApp, name: string) {
  const [ann, bob] = [person(org, "Ann", "Lee"), person(org, "Bob", "Ito")];
  for (const one of [ann, bob]) await okta.assign(one);
  return { ann, bob, groupId: await okta.pushGroup(name, [ann.userName, bob.userName]) };
}

const rolesOf = async (database: Database, org: Org) => {
  const rows = await database.rows<{ name: string; role: string }>(
    `SELECT name, role FROM "User" WHERE "orgId" = $1 ORDER BY name`,
    [org.id],
  );
  return Object.fromEntries(rows.map(({ name, role }) => [name, role]));
};

test("DG-15, FX-22: a group that Okta pushes is there with its people, read-only: no button Add members", async ({
  org,
  oktaApp,
  login,
  page,
}) => {
  const made = await org();
  await pushed(made, oktaApp(made.connection, "aiw"), "Engineering");
  await login(made, "owner");
  await page.goto("/groups?source=synced");
  await page.getByRole("link", { name: "Engineering" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Engineering" })).toBeFocused();
  await expect(page.getByText("Changes come from Okta.")).toBeVisible();
  const members = page.getByRole("table", { name: "Members" });
  await expect(members.getByRole("rowheader")).toHaveText([/Ann Lee/, /Bob Ito/]);
  for (const name of ["Add members", "Delete group", "Save group", "Remove Ann Lee"]) {
    await expect(page.getByRole("button", { name })).toHaveCount(0);
  }
  await page.getByRole("searchbox", { name: "Search members" }).fill("ito");
  await expect(page).toHaveURL(/q=ito/);
  await expect(members.getByRole("rowheader")).toHaveText([/Bob Ito/]);
});

test("AV-28, DG-14, DF-38: a local group is created, filled, mapped, renamed and deleted, its effect on roles shown first", async ({
  org,
  oktaApp,
  login,
  page,
  database,
}) => {
  const made = await org();
  await pushed(made, oktaApp(made.connection, "aiw"), "Engineering");
  await login(made, "owner");
  await page.goto("/groups");
  await page.getByRole("button", { name: "Create group" }).click();
  await page.getByRole("textbox", { name: "Name" }).fill("Auditors");
  await page.getByRole("textbox", { name: "Description" }).fill("They look");
  await page.getByRole("dialog").getByRole("button", { name: "Create group" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Auditors" })).toBeVisible();

  await page.getByRole("button", { name: "Add members" }).click();
  await page.getByRole("searchbox", { name: "Name or address" }).fill("lee");
  await page.getByRole("checkbox", { name: "Ann Lee" }).click();
  await page.getByRole("button", { name: "Add 1 person" }).click();
  await expect(page.getByRole("table", { name: "Members" }).getByRole("rowheader")).toHaveText([/Ann Lee/]);

  await page.getByRole("button", { name: "Change role" }).click();
  await page.getByRole("combobox", { name: "Role" }).selectOption("Viewer");
  await expect(page.getByText("1 person's role changes from Member to Viewer.")).toBeVisible();
  expect(await axeFaults(page, { bestPractice: false })).toEqual([]);
  await page.getByRole("button", { name: "Save mapping" }).click();
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await expect(page.getByRole("row", { name: /Ann Lee/ })).toContainText("Viewer");

  await page.getByRole("textbox", { name: "Name" }).fill("Reviewers");
  await page.getByRole("checkbox", { name: "Follow sign-in groups" }).check();
  await page.getByRole("button", { name: "Save group" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Reviewers" })).toBeVisible();

  await page.getByRole("link", { name: "Ann Lee" }).click();
  await expect(page.getByText(/Set by the group Reviewers/)).toBeVisible();
  await page.getByRole("link", { name: "Reviewers" }).first().click();

  await page.getByRole("button", { name: "Delete group" }).click();
  const question = page.getByRole("alertdialog", { name: "Delete group Reviewers?" });
  await expect(question).toContainText("1 person's role changes from Viewer to Member.");
  await question.getByRole("button", { name: "Cancel" }).click();
  expect((await rolesOf(database, made))["Ann Lee"]).toBe("viewer");
  await page.getByRole("button", { name: "Delete group" }).click();
  await question.getByRole("button", { name: "Delete group Reviewers" }).click();
  await expect(page).toHaveURL(/\/groups$/);
  await expect(page.getByRole("link", { name: "Reviewers" })).toHaveCount(0);
  expect((await rolesOf(database, made))["Ann Lee"]).toBe("member");
});

test("FX-21: where names clash the notice offers Link and Rename local; Link shows the difference and keeps the role", async ({
  org,
  oktaApp,
  login,
  page,
  database,
}) => {
  const made = await org();
  await login(made, "owner");
  for (const name of ["Design", "Ops"]) {
    await page.goto("/groups");
    await page.getByRole("button", { name: "Create group" }).first().click();
    await page.getByRole("textbox", { name: "Name" }).fill(name);
    await page.getByRole("dialog").getByRole("button", { name: "Create group" }).click();
    await expect(page.getByRole("heading", { level: 1, name })).toBeVisible();
  }
  await page.goto("/groups");
  await page.getByRole("link", { name: "Design" }).click();
  await page.getByRole("button", { name: "Change role" }).click();
  await page.getByRole("combobox", { name: "Role" }).selectOption("Viewer");
  await page.getByRole("button", { name: "Save mapping" }).click();
  await expect(page.getByRole("dialog")).toHaveCount(0);

  const okta = oktaApp(made.connection, "oin");
  const { ann, groupId } = await pushed(made, okta, "Design");
  await okta.pushGroup("ops", [ann.userName]);
  await page.goto("/groups");
  const notices = page.getByRole("region", { name: "Name clashes" });
  await expect(notices.getByText("Okta pushed Design; a local group has this name")).toBeVisible();
  await expect(notices.getByText("Okta pushed ops; a local group has this name")).toBeVisible();
  await expect(page.getByRole("table").getByText("Name clash")).toHaveCount(2);
  expect(await axeFaults(page, { bestPractice: false })).toEqual([]);

  await notices.getByRole("button", { name: "Rename local Ops" }).click();
  await page.getByRole("textbox", { name: "New name" }).fill("Ops by hand");
  await page.getByRole("button", { name: "Rename group" }).click();
  await expect(notices.getByText("Okta pushed ops; a local group has this name")).toHaveCount(0);

  await notices.getByRole("button", { name: "Link Design" }).click();
  const question = page.getByRole("alertdialog", { name: "Link group Design?" });
  await expect(question).toContainText("2 people join.");
  await expect(question).toContainText("2 people's roles change.");
  expect((await rolesOf(database, made))["Ann Lee"]).toBe("member");
  await question.getByRole("button", { name: "Link group Design" }).click();
  await expect(page).toHaveURL(new RegExp(`/groups/${groupId}$`));
  await expect(page.getByText("Changes come from Okta.")).toBeVisible();
  expect(await rolesOf(database, made)).toMatchObject({ "Ann Lee": "viewer", "Bob Ito": "viewer" });
  await page.goto("/groups?q=design");
  await expect(page.getByRole("table").getByRole("row")).toHaveCount(2);
});

test("FX-22, DG-8: on the provisioning tab the preview lists exactly whose role changes, and only Save mapping stores it", async ({
  org,
  oktaApp,
  login,
  page,
  database,
}) => {
  const made = await org();
  await pushed(made, oktaApp(made.connection, "aiw"), "Owners");
  await database.rows(`UPDATE "User" SET role = 'owner' WHERE "orgId" = $1 AND name = 'Bob Ito'`, [made.id]);
  await login(made, "owner");
  await page.goto(`/connections/${made.connection.id}/provisioning`);
  const before = await database.everythingOf(made.id);
  await page.getByRole("button", { name: "Map a group" }).click();
  await page.getByRole("radio", { name: "Owners" }).check();
  await page.getByRole("combobox", { name: "Role" }).selectOption("Admin");
  const preview = page.getByRole("table", { name: "People whose role changes" });
  await expect(preview.getByRole("rowheader")).toHaveText([/Ann Lee/]);
  expect(await database.everythingOf(made.id)).toEqual(before);
  await page.getByRole("button", { name: "Save mapping" }).click();
  await expect(page.getByRole("table", { name: "Groups that give a role" })).toContainText("Admin");
  expect(await rolesOf(database, made)).toMatchObject({ "Ann Lee": "admin", "Bob Ito": "owner" });

  // Meanwhile Okta changes the group: the new preview is shown, and nothing is saved.
  await page.getByRole("button", { name: "Change role of Owners" }).click();
  await page.getByRole("combobox", { name: "Role" }).selectOption("None");
  await expect(page.getByText("1 person's role changes from Admin to Member.")).toBeVisible();
  const okta = oktaApp(made.connection, "aiw");
  const cara = person(made, "Cara", "Olsen");
  await okta.assign(cara);
  await okta.pushGroup("Later", [cara.userName]);
  await database.rows(
    `INSERT INTO "GroupMember" SELECT d."orgId", g.id, d.id FROM "DirectoryUser" d, "Group" g
      WHERE d."orgId" = $1 AND d."userName" = $2 AND g."orgId" = $1 AND g."displayName" = 'Owners'`,
    [made.id, cara.userName],
  );
  await database.rows(`UPDATE "Group" SET version = version + 1 WHERE "orgId" = $1 AND "displayName" = 'Owners'`, [
    made.id,
  ]);
  await page.getByRole("button", { name: "Save mapping" }).click();
  await expect(page.getByRole("dialog").getByRole("alert")).toContainText("Nothing was saved");
  expect((await rolesOf(database, made))["Ann Lee"]).toBe("admin");
  await page.getByRole("button", { name: "Save mapping" }).click();
  await expect(page.getByRole("dialog")).toHaveCount(0);
  expect((await rolesOf(database, made))["Ann Lee"]).toBe("member");
});

test("FX-22: an admin manages local groups but maps no role; a viewer only reads; the filters are the address's", async ({
  org,
  oktaApp,
  login,
  page,
}) => {
  const made = await org();
  const { groupId } = await pushed(made, oktaApp(made.connection, "aiw"), "Engineering");
  await login(made, "admin");
  await page.goto(`/groups/${groupId}`);
  await expect(page.getByRole("button", { name: "Change role" })).toHaveAccessibleDescription("Needs the Owner role");
  await page.goto("/groups");
  await expect(page.getByRole("button", { name: "Create group" })).not.toHaveAttribute("aria-disabled");
  await page.getByRole("combobox", { name: "Source" }).selectOption("Local");
  await expect(page.getByText("No groups match these filters")).toBeVisible();
  await page.getByRole("button", { name: "Remove filter Source: Local" }).click();
  await expect(page.getByRole("link", { name: "Engineering" })).toBeVisible();
  await login(made, "viewer");
  await page.goto("/groups");
  await expect(page.getByRole("button", { name: "Create group" })).toHaveAccessibleDescription("Needs the Admin role");
});

test("DF-39: a group of a directory that is off is marked, and becomes local with its members", async ({
  org,
  oktaApp,
  login,
  page,
  database,
}) => {
  const made = await org();
  const { groupId } = await pushed(made, oktaApp(made.connection, "aiw"), "Engineering");
  await database.rows(`UPDATE "Directory" SET enabled = false WHERE "orgId" = $1`, [made.id]);
  await login(made, "owner");
  await page.goto(`/groups/${groupId}`);
  await expect(page.getByText("No longer synchronized")).toBeVisible();
  await page.getByRole("button", { name: "Convert to local" }).click();
  await page.getByRole("button", { name: "Convert group Engineering" }).click();
  await expect(page.getByRole("button", { name: "Add members" })).toBeVisible();
  await expect(page.getByRole("table", { name: "Members" }).getByRole("rowheader")).toHaveText([/Ann Lee/, /Bob Ito/]);
});

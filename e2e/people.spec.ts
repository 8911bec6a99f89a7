import type { Page } from "@playwright/test";
import { axeFaults } from "./axe";
import { expect, type OktaApp, type Org, test } from "./fixtures";
import type { HttpBrowser } from "./http-browser";

const person = (org: Org, name: string, more: object = {}) => ({
  userName: `${name.toLowerCase()}@${org.domain}`,
  givenName: name,
  familyName: "Lee",
  displayName: `${name} Lee`,
  ...more,
});

const push = async (org: Org, okta: OktaApp, ...names: string[]) => {
  for (const name of names) await okta.assign(person(org, name));
};

const flip = (page: Page, name: string) => page.getByRole("switch", { name }).click();
const rows = (page: Page) => page.getByRole("table", { name: "Users" }).getByRole("rowheader");

test("DF-39, DG-13: switched off, people are marked; some, then all are made manual and keep groups; the next push doubles nobody", async ({
  org,
  oktaApp,
  login,
  page,
  database,
}) => {
  const made = await org();
  const okta = oktaApp(made.connection, "aiw");
  await push(made, okta, "Ann", "Bob", "Cid");
  await okta.pushGroup("Engineering", [`ann@${made.domain}`, `cid@${made.domain}`]);
  await login(made, "owner");
  const tab = `/connections/${made.connection.id}/provisioning`;
  await page.goto(tab);
  await flip(page, "SCIM provisioning");
  await page.getByRole("alertdialog").getByRole("button", { name: "Switch off provisioning" }).click();
  await expect(page.getByRole("region", { name: "No longer synchronized" })).toContainText("3 managed users");

  await page.goto("/users?source=scim");
  await expect(rows(page)).toHaveText([/Ann Lee/, /Bob Lee/, /Cid Lee/]);
  await expect(page.getByText("no longer synchronized").first()).toBeAttached();
  await page.getByRole("checkbox", { name: "Select Bob Lee" }).check();
  expect(await axeFaults(page, { bestPractice: false })).toEqual([]);
  await page.getByRole("region", { name: "Bulk actions" }).getByRole("button", { name: "Convert to manual" }).click();
  await page.getByRole("button", { name: "Convert Bob Lee" }).click();
  await expect(rows(page)).toHaveText([/Ann Lee/, /Cid Lee/]);
  await page.goto("/users?q=bob");
  await page.getByRole("link", { name: "Bob Lee" }).click();
  await page.getByRole("textbox", { name: "First name" }).fill("Robert");
  await page.getByRole("button", { name: "Save profile" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Robert Lee" })).toBeVisible();

  await page.goto(tab);
  await page.getByRole("button", { name: "Convert everybody to manual" }).click();
  await expect(page.getByRole("alertdialog")).toContainText("2 managed users");
  await page.getByRole("button", { name: "Convert everybody", exact: true }).click();
  await expect(page.getByRole("region", { name: "No longer synchronized" })).toHaveCount(0);
  await page.goto("/groups");
  await page.getByRole("link", { name: "Engineering" }).click();
  await expect(page.getByRole("table", { name: "Members" }).getByRole("rowheader")).toHaveText([/Ann Lee/, /Cid Lee/]);
  const before = await database.countsOf(made.id);

  await page.goto(tab);
  await flip(page, "SCIM provisioning");
  await page.getByRole("button", { name: "Switch on" }).click();
  await expect(page.getByRole("switch", { name: "SCIM provisioning" })).toBeChecked();
  const again = oktaApp(made.connection, "aiw");
  await push(made, again, "Ann", "Bob", "Cid");
  expect((await database.countsOf(made.id)).users).toBe(before.users);
  await page.goto("/users?source=scim");
  await expect(rows(page)).toHaveCount(3);
});

test("AV-13, DG-10: a managed person has no Delete before they are deactivated; deleted, they are gone here and for Okta", async ({
  org,
  oktaApp,
  login,
  page,
}) => {
  const made = await org();
  const okta = oktaApp(made.connection, "oin");
  await push(made, okta, "Ann");
  const ann = `ann@${made.domain}`;
  await login(made, "admin");
  await page.goto("/users?q=ann");
  await page.getByRole("link", { name: "Ann Lee" }).click();
  const menu = page.getByRole("button", { name: "Actions for Ann Lee" });
  await menu.click();
  await expect(page.getByRole("menuitem", { name: "Block" })).toBeVisible();
  await expect(page.getByRole("menuitem", { name: "Delete" })).toHaveCount(0);
  await page.keyboard.press("Escape");
  await okta.unassign(ann);
  await page.reload();
  await menu.click();
  await page.getByRole("menuitem", { name: "Delete" }).click();
  const question = page.getByRole("alertdialog", { name: "Delete Ann Lee?" });
  await expect(question).toContainText("somebody new is made");
  await question.getByRole("textbox").fill("Ann Lee");
  await question.getByRole("button", { name: "Delete Ann Lee" }).click();
  await expect(page).toHaveURL(/\/users$/);
  await page.goto("/users?q=ann");
  await expect(page.getByText("No users match these filters")).toBeVisible();
  const read = await fetch(`${made.connection.scim?.baseUrl}/Users/${okta.idOf(ann)}`, {
    headers: { authorization: `Bearer ${made.connection.token}` },
  });
  expect(read.status).toBe(404);
});

test("FD-11, FX-10: people are found by department and manager, in the address, without script too; all that was sent stands on the page", async ({
  org,
  oktaApp,
  login,
  page,
  browser,
  context,
  installation,
}) => {
  const made = await org();
  const okta = oktaApp(made.connection, "aiw");
  const custom = { "urn:okta:app_x:1.0:user:custom": { badge: "A-1" } };
  await okta.assign(person(made, "Ann", { department: "Engines", manager: "Charles Babbage", title: "Lead", custom }));
  await okta.assign(person(made, "Bob", { department: "Sales", manager: "Charles Babbage" }));
  await login(made, "viewer");
  await page.goto("/users");
  await page.getByRole("searchbox", { name: "Manager" }).fill("babb");
  await expect(page).toHaveURL(/manager=babb/);
  await expect(rows(page)).toHaveText([/Ann Lee/, /Bob Lee/]);
  await page.getByRole("searchbox", { name: "Department" }).fill("ENGINE");
  await expect(page).toHaveURL(/department=ENGINE/);
  await expect(rows(page)).toHaveText([/Ann Lee/]);
  await page.getByRole("button", { name: "Remove filter Department: ENGINE" }).click();
  await expect(rows(page)).toHaveCount(2);

  const plain = await browser.newContext({ javaScriptEnabled: false, baseURL: installation.url });
  await plain.addCookies(await context.cookies());
  const still = await plain.newPage();
  await still.goto("/users");
  await still.getByRole("searchbox", { name: "Department" }).fill("sales");
  await still.getByRole("button", { name: "Search" }).click();
  await expect(rows(still)).toHaveText([/Bob Lee/]);
  await plain.close();

  await page.getByRole("link", { name: "Ann Lee" }).click();
  const profile = page.getByRole("region", { name: "Profile from the directory" });
  for (const text of ["Engines", "Charles Babbage", "Lead", "urn:okta:app_x:1.0:user:custom", "A-1"]) {
    await expect(profile).toContainText(text);
  }
  await expect(page.getByText("Never signed in")).toBeVisible();
  expect(await axeFaults(page, { bestPractice: false })).toEqual([]);
});

test("V-12, AV-13: with Synchronize passwords on, Okta's password signs in and the former does not; off, none does", async ({
  org,
  oktaApp,
  login,
  page,
  visitor,
}) => {
  const made = await org();
  const okta = oktaApp(made.connection, "aiw");
  await push(made, okta, "Ann");
  const ann = `ann@${made.domain}`;
  await login(made, "owner");
  await page.goto(`/connections/${made.connection.id}/provisioning`);
  const sync = page.getByRole("switch", { name: "Synchronize passwords" });
  await expect(sync).not.toBeChecked();
  await okta.passwordSync(ann, "dropped by Gatehouse");
  await sync.click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Synchronize passwords" }).click();
  await expect(sync).toBeChecked();
  await okta.passwordSync(ann, "first of Okta");
  expect(await signsIn(visitor, ann, "dropped by Gatehouse")).toBe(false);
  expect(await signsIn(visitor, ann, "first of Okta")).toBe(true);
  await okta.passwordSync(ann, "second of Okta");
  expect(await signsIn(visitor, ann, "first of Okta")).toBe(false);
  expect(await signsIn(visitor, ann, "second of Okta")).toBe(true);
  await page.reload();
  await expect(page.getByText("1 person has one now.")).toBeVisible();
  expect(await axeFaults(page, { bestPractice: false })).toEqual([]);
  await sync.click();
  await expect(page.getByRole("alertdialog")).toContainText("1 stored password is erased at once");
  await page.getByRole("alertdialog").getByRole("button", { name: "Stop synchronizing" }).click();
  await expect(sync).not.toBeChecked();
  expect(await signsIn(visitor, ann, "second of Okta")).toBe(false);
});

test("V-7, DG-10: an admin is told of a provisioned address before adding it, and adds nobody where only owners may", async ({
  org,
  login,
  page,
  browser,
  installation,
  database,
}) => {
  const made = await org();
  await login(made, "owner");
  await page.goto("/settings");
  const owners = await browser.newContext({ baseURL: installation.url });
  await owners.addCookies(await page.context().cookies());
  await login(made, "admin");
  await page.goto("/users");
  await page.getByRole("button", { name: "Add user" }).click();
  await page.getByRole("textbox", { name: "E-mail" }).fill(`new@${made.domain}`);
  await expect(page.getByText(`Okta provisions ${made.domain}: assign the person there`)).toBeVisible();
  const settings = await owners.newPage();
  await settings.goto("/settings");
  await settings.getByRole("radio", { name: "Only owners" }).check();
  await settings.getByRole("button", { name: "Save settings" }).click();
  await expect(settings.getByText("Settings saved")).toBeVisible();
  await owners.close();
  await page.getByRole("button", { name: "Send invitation" }).click();
  await expect(page.getByRole("dialog").getByRole("alert")).toContainText("Only owners add people by hand");
  expect(await database.userByEmail(made.id, `new@${made.domain}`)).toBeUndefined();
});

/** The password step, reached as by "Other ways to sign in". */
async function signsIn(visitor: () => HttpBrowser, email: string, password: string): Promise<boolean> {
  const browser = visitor();
  await browser.post("/sign-in/continue", { email, way: "password" });
  const { pathname } = new URL((await browser.post("/sign-in/password/continue", { password })).url);
  return !pathname.startsWith("/sign-in");
}

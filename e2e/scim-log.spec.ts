import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { axeFaults } from "./axe";
import type { TestConnection } from "./fixtures";
import { expect, test } from "./fixtures";
import { scimRequest } from "./scim-request";

const hasCurl = spawnSync("curl", ["--version"]).status === 0;

const scimOf = (connection: TestConnection) =>
  scimRequest(connection.scim?.baseUrl ?? "", `Bearer ${connection.token}`);

test("B-6: a deactivation is found by its person, and its page says in a row: active, true, false", async ({
  org,
  oktaApp,
  login,
  page,
}) => {
  const made = await org();
  const ann = { userName: `ann@${made.domain}`, givenName: "Ann", familyName: "Lee", displayName: "Ann Lee" };
  const okta = oktaApp(made.connection, "aiw");
  await okta.assign(ann);
  await okta.assign({
    userName: `bob@${made.domain}`,
    givenName: "Bob",
    familyName: "Stone",
    displayName: "Bob Stone",
  });
  await okta.pushGroup("Engineering", [ann.userName]);
  await okta.unassign(ann.userName);
  await login(made, "admin");
  await page.goto("/overview");
  await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Provisioning" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Provisioning" })).toBeFocused();
  await expect(page.getByText("Requests are kept for 30 days")).toBeVisible();
  await expect(page.getByRole("link", { name: "Created group Engineering with 1 member" })).toBeVisible();

  await page.getByRole("searchbox", { name: "Search by person, group or reference" }).fill("lee");
  await expect(page).toHaveURL(/q=lee/);
  await expect(page.getByRole("link", { name: "Created Bob Stone" })).toHaveCount(0);
  await page.getByRole("combobox", { name: "Operation" }).selectOption("Deactivate person");
  await expect(page).toHaveURL(/operation=deactivate/);
  await expect(page.getByRole("table").getByRole("row")).toHaveCount(2);
  // The address of a filtered list is the list.
  await page.reload();
  await expect(page.getByRole("button", { name: "Remove filter Operation: Deactivate person" })).toBeVisible();
  const row = page.getByRole("link", { name: "Deactivated Ann Lee" });
  await row.focus();
  await page.keyboard.press("Enter");

  await expect(page.getByRole("heading", { level: 1, name: "Deactivated Ann Lee" })).toBeVisible();
  const change = page.getByRole("table", { name: "What changed" });
  await expect(change.getByRole("row", { name: /active/ }).getByRole("cell")).toHaveText([/true/, /false/]);
  await expect(page.getByText(`Bearer, …${made.connection.token.slice(-4)}`)).toBeVisible();
  await expect(page.getByRole("region", { name: "Audit events" }).getByRole("listitem")).toHaveCount(1);
  await expect(page.getByRole("button", { name: "Try again, changing nothing" })).toHaveAttribute(
    "aria-disabled",
    "true",
  );
  expect(await page.content()).not.toContain(made.connection.token);
  expect(await axeFaults(page)).toEqual([]);
  await page.getByRole("link", { name: "Open Ann Lee" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Ann Lee" })).toBeVisible();
});

test("B-2, B-6: a refused create says why and where in Okta; tried again it would pass, and nothing is made", async ({
  org,
  oktaApp,
  login,
  page,
  apply,
  database,
}) => {
  const made = await org();
  const late = `late-${made.domain}`;
  const okta = oktaApp(made.connection, "oin", { header: "bearer" });
  await expect(okta.assign({ userName: `ann@${late}` })).rejects.toThrow("is not a verified domain");
  await login(made, "owner");
  const refusal = page.getByRole("link", { name: /is not a verified domain/ });
  // Refused calls are written to the log a moment after their answer.
  await expect(async () => {
    await page.goto("/provisioning?result=failed");
    await expect(refusal).toBeVisible({ timeout: 1_000 });
  }).toPass();
  await refusal.click();
  await expect(page.getByRole("heading", { level: 1, name: "Refused: create person" })).toBeVisible();
  const why = page.getByRole("region", { name: "Why it was refused" });
  await expect(why).toContainText(`${late} is not a verified domain of this connection`);
  await expect(why).toContainText("verify it under Domains");
  await page.getByRole("button", { name: "Try again, changing nothing" }).click();
  await expect(page.getByText("Today it would be refused")).toBeVisible();

  const [first] = made.document.connections ?? [];
  if (!first) throw new Error("The organization has no connection.");
  await apply({
    ...made.document,
    domains: [...(made.document.domains ?? []), { name: late, verified: true }],
    connections: [{ ...first, domains: [made.domain, late] }],
  });
  const before = await database.countsOf(made.id);
  await page.getByRole("button", { name: "Try again, changing nothing" }).focus();
  await page.keyboard.press("Enter");
  await expect(page.getByText("Today it would be done")).toBeVisible();
  await expect(page.getByText("To apply it, press Retry in Okta under Dashboard > Tasks.")).toBeVisible();
  await expect(
    page.getByRole("table", { name: "What would change" }).getByRole("row", { name: /userName/ }),
  ).toContainText(`ann@${late}`);
  expect(await axeFaults(page)).toEqual([]);
  expect(await database.countsOf(made.id)).toEqual(before);
  expect(await database.userByEmail(made.id, `ann@${late}`)).toBeUndefined();
  await okta.assign({ userName: `ann@${late}` });
  expect(await database.userByEmail(made.id, `ann@${late}`)).toBeDefined();
});

test("B-6: the copied curl command runs in a shell as it is, with the token put in", async ({
  org,
  login,
  page,
  context,
}) => {
  test.skip(!hasCurl, "curl is not on this machine");
  const made = await org();
  const scim = scimOf(made.connection);
  // What a shell would trip over.
  const name = `O'Brien "$HOME" \`id\` \\ ü 名`;
  const body = { userName: `ann@${made.domain}`, displayName: name, emails: [{ value: `ann@${made.domain}` }] };
  const { id } = (await scim("POST", "/Users", body)).body;
  await scim("PUT", `/Users/${id}?attributes=displayName,emails[type%20eq%20"work"]`, { ...body, title: "Lead" });
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await login(made, "admin");
  await page.goto("/provisioning?operation=update");
  await page.getByRole("link", { name: /^Updated / }).click();
  await page.getByRole("button", { name: "Copy as curl" }).click();
  await expect(page.getByRole("status").filter({ hasText: "Copied" })).toBeVisible();
  const command = await page.evaluate(() => navigator.clipboard.readText());
  expect(command).toContain("$GATEHOUSE_SCIM_TOKEN");
  expect(command).not.toContain(made.connection.token);
  await scim("PATCH", `/Users/${id}`, { Operations: [{ op: "remove", path: "title" }] });
  const ran = spawnSync(
    "bash",
    ["--norc", "-c", `${command} --silent --show-error --write-out '%{http_code}' --output /dev/null`],
    {
      env: { ...process.env, GATEHOUSE_SCIM_TOKEN: made.connection.token, no_proxy: "*" },
      encoding: "utf8",
    },
  );
  expect(ran.stderr).toBe("");
  expect(ran.stdout).toBe("200");
  expect((await scim("GET", `/Users/${id}`)).body).toMatchObject({ title: "Lead", displayName: name });
});

test("B-6: Import Groups and a wrong identifier stand on the connection with their place in Okta, and can be dismissed", async ({
  org,
  oktaApp,
  login,
  page,
}) => {
  const made = await org();
  const okta = oktaApp(made.connection, "aiw");
  await okta.importAll();
  await okta.importAll();
  await fetch(`${made.connection.scim?.baseUrl}/Users?filter=externalId%20eq%20"00u1"`, {
    headers: { authorization: `Bearer ${made.connection.token}`, "user-agent": "Okta SCIM Client 1.0.0" },
  });
  await login(made, "owner");
  await page.goto(`/connections/${made.connection.id}/provisioning`);
  const card = page.getByRole("region", { name: "What stands out" });
  await expect(async () => {
    // Reads are written within a second.
    await page.reload();
    await expect(card.getByRole("heading", { level: 3 })).toHaveText(
      ["Import Groups is on", "People are looked for by another attribute than userName"],
      { timeout: 500 },
    );
  }).toPass();
  await expect(card).toContainText("Provisioning > Integration > Edit: untick Import Groups.");
  expect(await axeFaults(page)).toEqual([]);
  await card.getByRole("button", { name: "Dismiss: Import Groups is on" }).click();
  await expect(card.getByText("1 dismissed")).toBeVisible();
  await expect(card.getByRole("heading", { level: 3 })).toHaveCount(1);
  await card.getByText("1 dismissed").click();
  await card.getByRole("button", { name: "Show again: Import Groups is on" }).click();
  await expect(card.getByRole("heading", { level: 3 })).toHaveCount(2);
});

test("B-6: new requests wait behind a button, and no request matching says so", async ({ org, login, page }) => {
  const made = await org();
  const scim = scimOf(made.connection);
  await login(made, "owner");
  await page.goto("/provisioning");
  await expect(page.getByText("No requests yet")).toBeVisible();
  await scim("POST", "/Groups", { displayName: "One" });
  await page.clock.install();
  await page.reload();
  await expect(page.getByRole("link", { name: "Created group One with 0 members" })).toBeVisible();
  await scim("POST", "/Groups", { displayName: "Two" });
  await page.clock.runFor(11_000);
  await page.getByRole("button", { name: "Show 1 newer" }).click();
  await expect(page.getByRole("link", { name: /^Created group/ })).toHaveText([/Two/, /One/]);
  await page.getByRole("button", { name: "Export" }).click();
  const [file] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("menuitem", { name: "CSV, for a spreadsheet" }).click(),
  ]);
  expect(file.suggestedFilename()).toBe("scim-log.csv");
  expect(readFileSync(await file.path(), "utf8")).toContain('"Created group Two with 0 members"');
  await page.goto("/provisioning?q=nobody-of-this-name");
  await expect(page.getByText("No requests match these filters")).toBeVisible();
  await page.getByRole("button", { name: "Clear filters" }).click();
  await expect(page).toHaveURL(/\/provisioning$/);
});

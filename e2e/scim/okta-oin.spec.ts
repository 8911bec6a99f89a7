import { expect, test } from "../fixtures";
import { walkThroughLifeCycle } from "../okta-life-cycle";
import { expectScimError, scimRequest, userBody } from "../scim-request";
import { conformance } from "./conformance";

/** Apps of Okta's catalogue: PUT for profiles, PATCH for active, password and groups; the token is sent as it was typed. */
conformance("okta-oin", {
  authorization: (token) => token,
  headers: {
    accept: "application/scim+json",
    "content-type": "application/scim+json; charset=utf-8",
    "user-agent": "Okta SCIM Client 1.0.0",
  },
});

const bearer = ({ scim, token }: { scim: { baseUrl: string } | null; token: string }) =>
  scimRequest(scim?.baseUrl ?? "", `Bearer ${token}`);

test("DF-31, DF-33, DF-35, DF-36, FX-14, FX-15, FX-16, FX-17, FX-18, FX-20, FD-9, AV-14: the catalogue's app runs its whole life cycle by PATCH", async ({
  org,
  oktaApp,
  database,
  visitor,
}) => {
  const made = await org({ connections: [{ jit: false }] });
  await walkThroughLifeCycle({ org: made, okta: oktaApp(made.connection, "oin"), database, visitor });
});

test("DF-31: the same with profiles sent by PATCH too", async ({ org, oktaApp, database, visitor }) => {
  const made = await org();
  const okta = oktaApp(made.connection, "oin", { patchUsers: true });
  await walkThroughLifeCycle({ org: made, okta, database, visitor });
});

test("FX-19, AV-14: the token is accepted with Bearer in any letter case, twice, or not at all; nothing in the URL names the organization", async ({
  org,
  oktaApp,
}) => {
  const { connection, id, slug } = await org();
  for (const header of ["bearer", "bare", "lower", "doubled"] as const) {
    await oktaApp(connection, "oin", { header }).testCredentials();
  }
  for (const name of [id, slug, connection.id]) expect(connection.scim?.baseUrl).not.toContain(name);
});

test("DG-1: a token can be read only when it is made", async ({ org, apply, installation, login, page }) => {
  const made = await org();
  const again = await apply(made.document);
  expect(again.connections[0]?.scim?.tokens).toEqual([{ name: "okta" }]);
  await login(made, "owner");
  await page.goto(`${installation.url}/connections/${made.connection.id}/provisioning`);
  await expect(page.getByText(made.connection.scim?.baseUrl ?? "")).toBeVisible();
  expect(await page.content()).not.toContain(made.connection.token.slice(20));
});

test("FX-18, DF-31: parallel member changes lose nothing", async ({ org, oktaApp }) => {
  const { connection, domain } = await org();
  const okta = oktaApp(connection, "oin");
  const scim = bearer(connection);
  const people = Array.from({ length: 24 }, (_, index) => `p${index}@${domain}`);
  for (const userName of people) await okta.assign({ userName });
  const leaving = people.slice(0, 8);
  const joining = people.slice(8);
  const groupId = await okta.pushGroup("Eng", leaving);
  const change = (operation: object) => scim("PATCH", `/Groups/${groupId}`, { Operations: [operation] });
  const replies = await Promise.all([
    ...joining.map((userName) => change({ op: "add", path: "members", value: [{ value: okta.idOf(userName) }] })),
    ...leaving.map((userName) => change({ op: "remove", path: `members[value eq "${okta.idOf(userName)}"]` })),
    change({ op: "replace", value: { id: groupId, displayName: "Engineering" } }),
  ]);
  expect(new Set(replies.map(({ status }) => status))).toEqual(new Set([204]));
  const { body } = await scim("GET", `/Groups/${groupId}`);
  const members = (body.members as { value: string }[]).map(({ value }) => value);
  expect(members.sort()).toEqual(joining.map(okta.idOf).sort());
  expect(body.displayName).toBe("Engineering");
});

test("FD-10: a client that deletes gets 204 and then 404; the account stays and a new create takes it up again", async ({
  org,
  oktaApp,
  database,
}) => {
  const { connection, domain, id } = await org();
  const okta = oktaApp(connection, "oin");
  const scim = bearer(connection);
  const userName = `ada@${domain}`;
  const first = await okta.assign({ userName });
  const account = await database.userByEmail(id, userName);
  const groupId = await okta.pushGroup("Eng", [userName]);
  expect((await scim("DELETE", `/Users/${first.id}`)).status).toBe(204);
  expectScimError(await scim("GET", `/Users/${first.id}`), 404, null, /was not found in this directory/);
  expect((await scim("DELETE", `/Users/${first.id}`)).status).toBe(404);
  expect((await scim("GET", "/Users")).body).toMatchObject({ totalResults: 0 });
  expect(await database.userByEmail(id, userName)).toMatchObject({ id: account?.id, status: "deactivated" });

  const again = await scim("POST", "/Users", userBody(userName));
  expect(again.status).toBe(201);
  expect(again.body.id).not.toBe(first.id);
  expect(await database.userByEmail(id, userName)).toMatchObject({ id: account?.id, status: "active", role: "member" });
  expect((await scim("GET", `/Groups/${groupId}`)).body.members ?? []).toEqual([]);
});

test("FX-15: Import Groups, ticked by mistake, reads this directory's groups page by page and changes nothing", async ({
  org,
  oktaApp,
  database,
}) => {
  const { connection, id } = await org();
  const okta = oktaApp(connection, "oin");
  const names = Array.from({ length: 105 }, (_, index) => `Team ${index}`);
  for (const name of names) await okta.pushGroup(name, []);
  const before = { counts: await database.countsOf(id), events: (await database.eventsOf(id)).length };
  const { groups } = await okta.importAll();
  expect(groups.map(({ displayName }) => displayName)).toEqual(names);
  expect({ counts: await database.countsOf(id), events: (await database.eventsOf(id)).length }).toEqual(before);
});

test("FD-9: a deactivated person is found in the SCIM list and in the console under the status filter, clearly marked", async ({
  org,
  oktaApp,
  login,
  page,
}) => {
  const made = await org();
  const okta = oktaApp(made.connection, "oin");
  const userName = `leaver@${made.domain}`;
  await okta.assign({ userName, givenName: "Lea", familyName: "Ver" });
  await okta.unassign(userName);
  const filter = encodeURIComponent(`userName eq "${userName}"`);
  const { body } = await bearer(made.connection)("GET", `/Users?filter=${filter}`);
  expect(body).toMatchObject({ totalResults: 1, Resources: [{ active: false }] });
  await login(made, "owner");
  await page.goto("/users?status=deactivated");
  const row = page.getByRole("row").filter({ hasText: userName });
  await expect(row).toBeVisible();
  await expect(row).toContainText(/deactivated/i);
});

import { expect, test } from "../fixtures";
import { walkThroughLifeCycle } from "../okta-life-cycle";
import { expectScimError, scimRequest, userBody } from "../scim-request";
import { emailOf, oktaPerson, signIn } from "../wire";
import { conformance } from "./conformance";

/** Apps made with Okta's App Integration Wizard: PUT for everything, Bearer put in front of the token by the app. */
conformance("okta-aiw", {
  headers: {
    accept: "application/scim+json",
    "content-type": "application/scim+json; charset=utf-8",
    "user-agent": "Okta SCIM Client 1.0.0",
  },
});

test("DF-31, DF-33, DF-35, DF-36, FX-14, FX-15, FX-16, FX-17, FX-18, FX-20, FD-9, AV-14: the wizard's app runs its whole life cycle by PUT", async ({
  org,
  oktaApp,
  database,
  visitor,
}) => {
  const made = await org({ connections: [{ jit: false }] });
  await walkThroughLifeCycle({ org: made, okta: oktaApp(made.connection, "aiw"), database, visitor });
});

test("DG-2: people are provisioned while the sign-in is a draft, and sign in once it is active", async ({
  org,
  oktaApp,
  apply,
  visitor,
}) => {
  const made = await org({ connections: [{ status: "draft" }] });
  const ada = `ada@${made.domain}`;
  await oktaApp(made.connection, "aiw").assign({ userName: ada });
  await expect(visitor().startSignIn({ email: ada })).rejects.toThrow("did not leave for a provider");
  await apply({ organization: { slug: made.slug }, connections: [{ name: "Okta", status: "active" }] });
  const browser = visitor();
  await signIn(made.connection, browser, ada, oktaPerson(ada));
  expect(await emailOf(browser)).toBe(ada);
});

test("DF-32, DG-4: a create without an address, or outside the linked domains, is refused with the mapping to fix", async ({
  org,
  oktaApp,
  database,
}) => {
  const { connection, domain, id } = await org();
  const okta = oktaApp(connection, "aiw");
  const before = await database.countsOf(id);
  await expect(okta.assign({ userName: "ada.lee" })).rejects.toThrow("Application username format");
  await expect(okta.assign({ userName: "ada.lee", email: "ada@elsewhere.example" })).rejects.toThrow(
    "elsewhere.example is not a verified domain of this connection",
  );
  expect(okta.tasks).toMatchObject([
    { status: 400, scimType: "invalidValue" },
    { status: 400, scimType: "invalidValue" },
  ]);
  expect(await database.countsOf(id)).toEqual(before);

  const scim = scimRequest(connection.scim?.baseUrl ?? "", `Bearer ${connection.token}`);
  expectScimError(await scim("POST", "/Users", { schemas: [] }), 400, "invalidValue", /userName is required/);

  // A userName of another form is fine beside an address; names and active may be missing.
  const emails = [{ value: "x@elsewhere.example" }, { value: `ada@${domain}`, primary: true }];
  const made = await scim("POST", "/Users", userBody("ada.lee", { emails }));
  expect(made.status).toBe(201);
  expect(made.body).toMatchObject({ active: true, userName: "ada.lee", name: { givenName: "", familyName: "" } });
  expect(await database.userByEmail(id, `ada@${domain}`)).toMatchObject({ source: "scim", status: "active" });
});

test("DG-6: an app with nothing but Create New Users ticked works alone", async ({ org, oktaApp, database }) => {
  const { connection, domain, id } = await org();
  const okta = oktaApp(connection, "aiw");
  await okta.testCredentials({ withGroups: false });
  await okta.assign({ userName: `ada@${domain}` });
  expect(okta.tasks).toEqual([]);
  expect(await database.countsOf(id)).toMatchObject({ directoryUsers: 1, groups: 0 });
});

test("DG-11: somebody of the console whom Okta assigns stays the same account with its role; the password ends", async ({
  org,
  oktaApp,
  database,
  visitor,
}) => {
  const { connection, domain, id } = await org();
  const email = `ada@${domain}`;
  const userId = await database.insertUser(id, { email, name: "Ada by hand", role: "admin" });
  await database.rows(`UPDATE "User" SET "passwordHash" = '$argon2id$' WHERE "orgId" = $1 AND id = $2`, [id, userId]);
  const before = await database.countsOf(id);
  await oktaApp(connection, "aiw").assign({ userName: email, givenName: "Ada", familyName: "Lee" });
  expect(await database.userByEmail(id, email)).toMatchObject({
    id: userId,
    name: "Ada Lee",
    role: "admin",
    source: "scim",
    status: "active",
    connectionId: connection.id,
    passwordHash: null,
  });
  expect(await database.countsOf(id)).toMatchObject({ ...before, directoryUsers: 1 });
  const browser = visitor();
  await signIn(connection, browser, email, oktaPerson(email));
  expect(await emailOf(browser)).toBe(email);
});

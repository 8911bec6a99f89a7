import { expect, test } from "./fixtures";
import { walkThroughLifeCycle } from "./okta-life-cycle";
import { expectScimError, scimRequest, userBody } from "./scim-request";
import { emailOf, oktaPerson, signIn } from "./wire";

const enterprise = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";

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

test("DF-36, FX-17: active left out of a PUT keeps the state, and displayName is kept, built, and kept out again", async ({
  org,
}) => {
  const { connection, domain } = await org();
  const scim = scimRequest(connection.scim?.baseUrl ?? "", `Bearer ${connection.token}`);
  const ada = userBody(`ada@${domain}`, { name: { givenName: "Ada", familyName: "Lee" } });
  const { body } = await scim("POST", "/Users", { ...ada, active: false, displayName: "Countess" });
  const put = async (more: object) => (await scim("PUT", `/Users/${body.id}`, { ...ada, ...more })).body;
  expect(body).toMatchObject({ active: false, displayName: "Countess" });
  expect(await put({})).toMatchObject({ active: false, displayName: "Ada Lee" });
  expect(await put({ displayName: "  " })).toMatchObject({ displayName: "Ada Lee" });
  expect(await put({ displayName: "Ada Lee", name: { givenName: "Ada", familyName: "King" } })).toMatchObject({
    displayName: "Ada King",
  });
  expect(await put({ active: true })).toMatchObject({ active: true });
});

test("FD-8, FX-17: all 25 attributes, an own extension and an unknown attribute survive POST, PUT and GET", async ({
  org,
  oktaApp,
}) => {
  const { connection, domain } = await org();
  const okta = oktaApp(connection, "aiw");
  const own = "urn:okta:gatehouse_1:1.0:user:custom";
  const person = {
    userName: `ada@${domain}`,
    displayName: "Countess of Lovelace",
    givenName: "Ada",
    familyName: "Lee",
    nickName: "AAL",
    profileUrl: "https://people.example/ada",
    title: "Enchantress of Number",
    userType: "Employee",
    preferredLanguage: "en-GB",
    locale: "en_GB",
    timezone: "Europe/London",
    email: `ada@${domain}`,
    secondEmail: "ada@private.example",
    primaryPhone: "+44 20 7946 0001",
    mobilePhone: "+44 7700 900001",
    streetAddress: "12 St James's Square",
    city: "London",
    state: "Greater London",
    zipCode: "SW1Y 4JH",
    countryCode: "GB",
    employeeNumber: "0042",
    costCenter: "Engines",
    division: "Analysis",
    department: "R&D",
    organization: "Babbage",
    manager: "Charles Babbage",
    custom: { [own]: { badge: "7", levels: ["a", "b"] } },
  };
  const { id } = await okta.assign(person);
  const scim = scimRequest(connection.scim?.baseUrl ?? "", `Bearer ${connection.token}`);
  const expected = {
    userName: person.userName,
    displayName: person.displayName,
    name: { givenName: "Ada", familyName: "Lee" },
    nickName: "AAL",
    profileUrl: person.profileUrl,
    userType: "Employee",
    preferredLanguage: "en-GB",
    locale: "en_GB",
    timezone: "Europe/London",
    emails: [
      { value: person.email, primary: true, type: "work" },
      { value: person.secondEmail, type: "secondary" },
    ],
    phoneNumbers: [{ value: person.primaryPhone }, { value: person.mobilePhone, type: "mobile" }],
    addresses: [
      {
        streetAddress: "12 St James's Square",
        locality: "London",
        region: "Greater London",
        postalCode: "SW1Y 4JH",
        country: "GB",
      },
    ],
    [enterprise]: {
      employeeNumber: "0042",
      costCenter: "Engines",
      division: "Analysis",
      department: "R&D",
      organization: "Babbage",
      manager: { displayName: "Charles Babbage" },
    },
    [own]: { badge: "7", levels: ["a", "b"] },
  };
  expect((await scim("GET", `/Users/${id}`)).body).toMatchObject({ ...expected, title: "Enchantress of Number" });

  // What Okta does not know it merges from our answer, so it has to come back.
  await scim("PUT", `/Users/${id}`, { ...(await scim("GET", `/Users/${id}`)).body, shoeSize: "38" });
  await okta.update(person.userName, { title: "Analyst" });
  const shown = (await scim("GET", `/Users/${id}`)).body;
  expect(shown).toMatchObject({ ...expected, title: "Analyst", shoeSize: "38" });
  expect(shown.schemas).toEqual(expect.arrayContaining([enterprise, own]));
});

test("FX-15: userName and e-mail are found whatever their letter case, externalId exactly", async ({
  org,
  oktaApp,
}) => {
  const { connection, domain } = await org();
  const okta = oktaApp(connection, "aiw");
  const { id, externalId } = await okta.assign({ userName: `Ada.Lee@${domain}` });
  const scim = scimRequest(connection.scim?.baseUrl ?? "", `Bearer ${connection.token}`);
  const found = async (filter: string) => {
    const { body } = await scim("GET", `/Users?filter=${encodeURIComponent(filter)}`);
    return ((body.Resources ?? []) as { id: string }[]).map((resource) => resource.id);
  };
  for (const filter of [
    `userName eq "ADA.LEE@${domain}"`,
    `username EQ "ada.lee@${domain}"`,
    `emails.value eq "aDa.LEE@${domain}"`,
    `emails[type eq "work"].value eq "ada.lee@${domain}"`,
    `externalId eq "${externalId}"`,
  ]) {
    expect(await found(filter), filter).toEqual([id]);
  }
  expect(await found(`externalId eq "${String(externalId).toLowerCase()}"`)).toEqual([]);
  expect(await found('userName eq "nobody@nowhere.example"')).toEqual([]);
  const list = await scim("GET", "/Users?startIndex=1&count=2&aadOptscim062020&whatever=1");
  expect(list.body).toMatchObject({ totalResults: 1, startIndex: 1, itemsPerPage: 1 });
});

test("DG-6: an app with nothing but Create New Users ticked works alone", async ({ org, oktaApp, database }) => {
  const { connection, domain, id } = await org();
  const okta = oktaApp(connection, "aiw");
  await okta.testCredentials({ withGroups: false });
  await okta.assign({ userName: `ada@${domain}` });
  expect(okta.tasks).toEqual([]);
  expect(await database.countsOf(id)).toMatchObject({ directoryUsers: 1, groups: 0 });
});

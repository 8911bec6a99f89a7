import { nameIdFormats } from "./fake-okta/saml-xml.mjs";
import { expect, test } from "./fixtures";
import { claimSets, flexopusAttributes, startSamlIdp } from "./foreign-idps/saml-idp.mjs";
import { refusalOf } from "./http-browser";
import { answerOf, emailOf, oktaPerson, type Said, signIn } from "./wire";

test("DF-8, DF-9, DF-10, DF-20: Okta's shape signs in, with and without groups, and ends on the page first asked for", async ({
  org,
  visitor,
  database,
}) => {
  const { connection, domain, id } = await org();
  const ada = `ada@${domain}`;
  const browser = visitor();
  const started = await browser.startSignIn({ email: ` Ada@${domain.toUpperCase()} `, next: "/account?tab=sessions" });
  expect(started.request).toMatchObject({ acsUrl: connection.acsUrl, issuer: connection.entityId });
  const said = { nameId: ada, nameIdFormat: nameIdFormats.emailAddress, groups: ["Everyone", "Eng & Ops"] };
  const attributes = { email: ` Ada@${domain.toUpperCase()} `, firstName: "Ada", lastName: "Lee" };
  const page = await browser.answer(started, answerOf(connection, started, { ...said, attributes }));
  expect(new URL(page.url).pathname + new URL(page.url).search).toBe("/account?tab=sessions");
  expect(await emailOf(browser)).toBe(ada);
  const made = await database.userByEmail(id, ada);
  expect(made).toMatchObject({ source: "sso", role: "member", status: "active", firstName: "Ada", lastName: "Lee" });

  const again = visitor();
  await signIn(connection, again, ada, oktaPerson(ada));
  expect(await emailOf(again)).toBe(ada);
  expect(await database.countsOf(id)).toMatchObject({ users: 2, identities: 1 });
});

test("FX-2, FX-4: Flexopus's claims with an opaque persistent NameID sign in, and the NameID alone is the person", async ({
  org,
  visitor,
  database,
}) => {
  const { connection, domain, id } = await org();
  const facts = { firstName: "Ada", lastName: "Lee", department: "R&D", jobTitle: "Engineer" };
  const claims = (email: string) => flexopusAttributes({ email, ...facts });
  const said = (nameId: string, email: string): Said => ({
    nameId,
    nameIdFormat: nameIdFormats.persistent,
    attributes: claims(email),
  });
  const ada = `ada@${domain}`;
  const browser = visitor();
  await signIn(connection, browser, ada, said("G4n7-opaque", ada));
  expect(await emailOf(browser)).toBe(ada);
  const made = await database.userByEmail(id, ada);
  expect(made).toMatchObject({ firstName: "Ada", lastName: "Lee", name: "Ada Lee" });
  expect(made?.profile).toMatchObject({ department: "R&D", jobTitle: "Engineer", userName: ada });

  // The same NameID under a new address is the same person; the same letters in another case are not.
  const renamed = visitor();
  await signIn(connection, renamed, `ada.lee@${domain}`, said("G4n7-opaque", `ada.lee@${domain}`));
  expect(await emailOf(renamed)).toBe(`ada.lee@${domain}`);
  expect((await database.userByEmail(id, `ada.lee@${domain}`))?.id).toBe(made?.id);
  const other = visitor();
  await signIn(connection, other, `other@${domain}`, said("g4N7-OPAQUE", `other@${domain}`));
  expect((await database.userByEmail(id, `other@${domain}`))?.id).not.toBe(made?.id);
});

test("FX-2: an address-shaped persistent NameID is compared without case, and is no e-mail by itself", async ({
  org,
  visitor,
  database,
}) => {
  const { connection, domain, id } = await org();
  const ada = `ada@${domain}`;
  const persistent = nameIdFormats.persistent;
  const nameless = await signIn(connection, visitor(), ada, { nameId: ada, nameIdFormat: persistent });
  expect(refusalOf(nameless).code).toBe("email_missing");
  const first = visitor();
  await signIn(connection, first, ada, {
    nameId: `Ada@${domain}`,
    nameIdFormat: persistent,
    attributes: { email: ada },
  });
  const second = visitor();
  // Known now: the NameID is enough.
  await signIn(connection, second, ada, { nameId: `ADA@${domain.toUpperCase()}`, nameIdFormat: persistent });
  expect([await emailOf(first), await emailOf(second)]).toEqual([ada, ada]);
  expect(await database.countsOf(id)).toMatchObject({ identities: 1, users: 2 });
});

test("FD-6, FX-20, DF-33: NameID = userName with no attribute signs in who was provisioned, and nobody else", async ({
  org,
  visitor,
  oktaApp,
  database,
}) => {
  const { connection, domain, id } = await org({ connections: [{ jit: false }] });
  const ada = `ada@${domain}`;
  await oktaApp(connection, "aiw").assign({ userName: "ada.lee", email: ada, givenName: "Ada", familyName: "Lee" });
  const browser = visitor();
  await signIn(connection, browser, ada, { nameId: "Ada.LEE" });
  expect(await emailOf(browser)).toBe(ada);
  const before = await database.countsOf(id);
  const stranger = visitor();
  const page = await signIn(connection, stranger, `eve@${domain}`, { nameId: `eve@${domain}` });
  const { code, reference } = refusalOf(page);
  expect(code).toBe("user_unknown");
  expect(page.words).toContain(`eve@${domain}`);
  expect(await database.exchangeByReference(reference ?? "")).toMatchObject({
    kind: "sso",
    outcome: "failed",
    code: "GH-SIGNIN-NO-ACCOUNT",
    connectionId: connection.id,
  });
  expect(await emailOf(stranger)).toBeNull();
  expect(await database.countsOf(id)).toEqual(before);
});

for (const shape of [
  "assertionOnlySigned",
  "severalAudiences",
  "noResponseIssuer",
  "sha512",
  "noKeyInfo",
  "carriageReturns",
]) {
  test(`DF-8: a legal response of another shape signs in: ${shape}`, async ({ org, visitor }) => {
    const { connection, domain } = await org();
    const ada = `ada@${domain}`;
    const browser = visitor();
    await signIn(connection, browser, ada, { ...oktaPerson(ada), faults: [shape] });
    expect(await emailOf(browser)).toBe(ada);
  });
}

test("DF-11, DF-16, FX-4: npm saml-idp, its metadata read from its address, signs in with Flexopus's claims", async ({
  org,
  visitor,
  control,
  database,
}) => {
  const foreign = await startSamlIdp({ claimSet: claimSets.flexopus, issuer: "urn:example:foreign" });
  try {
    const metadata = await (await fetch(foreign.metadataUrl)).text();
    const metadataUrl = await control.publish(`saml-idp-${foreign.pid}`, metadata);
    const made = await org({ connections: [{ provider: "custom", metadataUrl, scim: { enabled: false } }] });
    await foreign.configure({ acsUrl: made.connection.acsUrl, audience: made.connection.entityId });
    const email = `ada@${made.domain}`;
    const browser = visitor();
    const started = await browser.startSignIn({ email });
    expect(started.ssoUrl).toContain(foreign.ssoUrl);
    const person = { email, firstName: "Ada", lastName: "Lee", department: "R&D", jobTitle: "Lead" };
    const answer = await foreign.submitAs(started.ssoUrl, {
      userName: "opaque-1815",
      attributes: flexopusAttributes(person),
    });
    expect(answer.fields.RelayState).toBe(started.relayState);
    await browser.answer(started, answer.fields.SAMLResponse, answer.acsUrl);
    expect(await emailOf(browser)).toBe(email);
    expect((await database.userByEmail(made.id, email))?.profile).toMatchObject({
      department: "R&D",
      jobTitle: "Lead",
    });
  } finally {
    await foreign.stop();
  }
});

test("FX-1, FX-6, DF-6: the SP metadata is public and is built from APP_URL alone", async ({ org, installation }) => {
  const { connection } = await org({ connections: [{ status: "draft" }] });
  const forged = { "x-forwarded-host": "evil.example", "x-forwarded-proto": "https", forwarded: "host=evil.example" };
  const answer = await fetch(connection.spMetadataUrl, { headers: forged });
  expect(answer.status).toBe(200);
  expect(answer.headers.get("content-type")).toMatch(/^application\/samlmetadata\+xml/);
  const xml = await answer.text();
  expect(xml).toContain(`entityID="${connection.entityId}"`);
  expect(xml).toContain(`Location="${connection.acsUrl}"`);
  expect(xml).not.toContain("evil.example");
  expect(connection.acsUrl).toBe(`${installation.url}/api/saml/${connection.id}/acs`);
  expect(connection.entityId).toBe(`${installation.url}/api/saml/${connection.id}/metadata`);
});

test("FX-8, AV-3: the labelled button and the organization's own page start the sign-in without JavaScript", async ({
  org,
  visitor,
  database,
}) => {
  const { connection, domain, id } = await org({ connections: [{ label: "Sign in with <Acme>" }] });
  const ada = `ada@${domain}`;
  const [organization] = await database.rows<{ signInId: string }>(
    'SELECT "signInId" FROM "Organization" WHERE id = $1',
    [id],
  );
  const own = `/sign-in/at/${organization?.signInId}`;
  for (const address of [connection.signInUrl, own]) {
    const browser = visitor();
    expect((await browser.get(address)).words).toContain("Sign in with <Acme>");
    const started = await browser.startSignIn({ signInUrl: address });
    await browser.answer(started, answerOf(connection, started, oktaPerson(ada)));
    expect(await emailOf(browser)).toBe(ada);
  }
});

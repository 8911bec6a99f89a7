import { nameIdFormats } from "./fake-okta/saml-xml.mjs";
import { expect, type Org, type TestConnection, test } from "./fixtures";
import { claimSets, flexopusAttributes, startSamlIdp } from "./foreign-idps/saml-idp.mjs";
import { type HttpBrowser, type Page, refusalOf, type StartedSignIn } from "./http-browser";
import { refusalFamilies } from "./wire-refusals";

type Said = {
  nameId: string;
  nameIdFormat?: string;
  attributes?: Record<string, string | string[]>;
  groups?: string[];
  faults?: string[];
  planted?: string;
};

/** What the connection's provider answers to this request. */
const answerOf = ({ idp }: Pick<TestConnection, "idp">, { request }: StartedSignIn, said: Said) =>
  idp.respond({ request, acsUrl: request.acsUrl, audience: request.issuer, ...said });

async function signIn(connection: TestConnection, browser: HttpBrowser, email: string, said: Said): Promise<Page> {
  const started = await browser.startSignIn({ email });
  return browser.answer(started, answerOf(connection, started, said));
}

const oktaPerson = (email: string): Said => ({
  nameId: email,
  attributes: { email, firstName: "Ada", lastName: "Lee" },
});
const emailOf = async (browser: HttpBrowser) => (await browser.session()).user?.email ?? null;

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

for (const [family, refusals] of Object.entries(refusalFamilies)) {
  test(`DF-7, DF-22: refused with their own code, nobody signed in, nothing changed: ${family}`, async ({
    org,
    visitor,
    database,
  }) => {
    const { connection, domain, id, owner } = await org();
    const ada = `ada@${domain}`;
    const before = await database.countsOf(id);
    for (const [fault, code, publicCode] of refusals) {
      await test.step(fault, async () => {
        const browser = visitor();
        const said = { ...oktaPerson(ada), faults: [fault], planted: owner.email };
        const page = await signIn(connection, browser, ada, said);
        const refusal = refusalOf(page);
        const exchange = await database.exchangeByReference(refusal.reference ?? "");
        expect({ fault, page: refusal.code, log: exchange?.code }).toEqual({ fault, page: publicCode, log: code });
        expect(page.words).toContain(refusal.reference ?? "no reference");
        expect(page.words).toContain(`it@${domain}`);
        // Nothing of the message, of the library or of what was expected reaches the person.
        expect(page.html).not.toMatch(/saml2?p?:|BEGIN CERTIFICATE|xml-crypto|stack/i);
        expect(page.html).not.toContain(connection.acsUrl);
        expect(await emailOf(browser)).toBeNull();
      });
    }
    expect(await database.countsOf(id)).toEqual(before);
    const failed = (await database.eventsOf(id)).filter(({ action }) => action === "sso.login.failed");
    expect(failed.map(({ payload }) => payload.code)).toEqual(refusals.map(([, code]) => code));

    const right = visitor();
    await signIn(connection, right, ada, oktaPerson(ada));
    expect(await emailOf(right)).toBe(ada);
  });
}

test("DF-22: 50,000 attributes or 5 MB are refused while other requests keep answering", async ({
  org,
  visitor,
  installation,
}) => {
  const { connection, domain } = await org();
  const ada = `ada@${domain}`;
  for (const fault of ["fiftyThousandAttributes", "fiveMegabytes"]) {
    const browser = visitor();
    const started = await browser.startSignIn({ email: ada });
    const saml = answerOf(connection, started, { ...oktaPerson(ada), faults: [fault] });
    const posts = Promise.all([1, 2, 3].map(() => browser.answer(started, saml).catch((error: Error) => error)));
    const alive = await fetch(`${installation.url}/api/health/live`, { signal: AbortSignal.timeout(500) });
    expect(alive.status).toBe(200);
    for (const answer of await posts) {
      // The connection may be cut while the body is still being sent.
      if (!(answer instanceof Error)) expect(answer.status).toBe(413);
    }
    expect(await emailOf(browser)).toBeNull();
  }
});

test("DF-22: an empty form, a foreign type, a GET and an unknown connection are answered by status alone", async ({
  org,
  installation,
}) => {
  const { connection } = await org();
  const post = (url: string, body: BodyInit, headers = {}) =>
    fetch(url, { method: "POST", body, headers, redirect: "manual" });
  expect((await post(connection.acsUrl, new URLSearchParams({ RelayState: "x" }))).status).toBe(400);
  expect((await post(connection.acsUrl, "SAMLResponse=a&SAMLResponse=b", urlEncoded)).status).toBe(400);
  expect((await post(connection.acsUrl, "{}", { "content-type": "application/json" })).status).toBe(415);
  expect((await fetch(connection.acsUrl)).status).toBe(405);
  const unknown = `${installation.url}/api/saml/01890000-0000-7000-8000-000000000000`;
  expect((await post(`${unknown}/acs`, new URLSearchParams({ SAMLResponse: "x" }))).status).toBe(404);
  expect((await fetch(`${unknown}/metadata`)).status).toBe(404);
});
const urlEncoded = { "content-type": "application/x-www-form-urlencoded" };

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

test("DF-20: a response used twice, in another browser, or 20 times at once signs in once", async ({
  org,
  visitor,
  database,
}) => {
  const { connection, domain, id } = await org();
  const ada = `ada@${domain}`;
  const browser = visitor();
  const started = await browser.startSignIn({ email: ada });
  const saml = answerOf(connection, started, oktaPerson(ada));
  await browser.answer(started, saml);
  expect(await emailOf(browser)).toBe(ada);
  const again = refusalOf(await browser.answer(started, saml));
  expect(again.code).toBe("replay");
  expect((await database.exchangeByReference(again.reference ?? ""))?.code).toBe("GH-SAML-REQUEST-USED");
  expect(refusalOf(await visitor().answer(started, saml)).code).toBe("replay");

  const sessions = (await database.countsOf(id)).sessions;
  const crowd = visitor();
  const next = await crowd.startSignIn({ email: ada });
  const once = answerOf(connection, next, oktaPerson(ada));
  await Promise.all(Array.from({ length: 20 }, () => crowd.answer(next, once)));
  expect((await database.countsOf(id)).sessions).toBe(sessions + 1);

  // The same assertion as the answer to a fresh request.
  const fresh = await visitor().startSignIn({ email: ada });
  expect(refusalOf(await visitor().answer(fresh, once)).code).toBe("request_unknown");
});

test("DF-20: a stranger's valid response posted in my browser signs in nobody", async ({ org, visitor }) => {
  const { connection, domain } = await org();
  const eve = await visitor().startSignIn({ email: `eve@${domain}` });
  const saml = answerOf(connection, eve, oktaPerson(`eve@${domain}`));
  const me = visitor();
  expect(refusalOf(await me.answer(eve, saml)).code).toBe("state_missing");
  expect(await emailOf(me)).toBeNull();
});

test("AV-1: an unsolicited response opens no session and is answered by the page that explains it", async ({
  org,
  visitor,
  database,
}) => {
  const { connection, domain, id } = await org();
  const ada = `ada@${domain}`;
  const browser = visitor();
  const before = await database.countsOf(id);
  const { acsUrl, entityId, idp } = connection;
  const saml = idp.respond({ request: null, acsUrl, audience: entityId, ...oktaPerson(ada) });
  const page = await browser.post(acsUrl, { SAMLResponse: saml }, "https://dev-1.okta.com");
  expect(refusalOf(page).code).toBe("idp_initiated_off");
  expect(page.words).toContain("IdP-initiated sign-in is switched off");
  expect(await emailOf(browser)).toBeNull();
  expect(await database.countsOf(id)).toEqual(before);
});

test("DF-18, FD-2: a draft's or disabled connection's ACS refuses an answer that was on its way", async ({
  org,
  visitor,
  apply,
  database,
}) => {
  const { connection, domain, slug, id } = await org();
  const ada = `ada@${domain}`;
  const browser = visitor();
  const started = await browser.startSignIn({ email: ada });
  await apply({ organization: { slug }, connections: [{ name: "Okta", status: "disabled" }] });
  const page = await browser.answer(started, answerOf(connection, started, oktaPerson(ada)));
  const { code, reference } = refusalOf(page);
  expect(code).toBe("connection_disabled");
  expect(page.words).toContain("Single sign-on is switched off for your organization");
  expect((await database.exchangeByReference(reference ?? ""))?.code).toBe("GH-SAML-CONNECTION-OFF");
  expect(await emailOf(browser)).toBeNull();
  expect((await database.countsOf(id)).users).toBe(1);
});

test("DF-9, FX-11: a signed e-mail outside the linked domains is refused, even of a verified but unlinked one", async ({
  org,
  visitor,
  database,
}) => {
  const spare = `spare-${Date.now().toString(36)}.example`;
  const { connection, domain, id } = await org({ domains: [spare] });
  const before = await database.countsOf(id);
  for (const foreign of [`ada@${spare}`, "ada@elsewhere.example", `ada@mail.${domain}`, `ada@${domain}.evil.example`]) {
    const browser = visitor();
    const page = await signIn(connection, browser, `ada@${domain}`, oktaPerson(foreign));
    const { code, reference } = refusalOf(page);
    expect(code, foreign).toBe("domain_not_allowed");
    expect((await database.exchangeByReference(reference ?? ""))?.code).toBe("GH-SIGNIN-DOMAIN");
    expect(await emailOf(browser)).toBeNull();
  }
  expect(await database.countsOf(id)).toEqual(before);
});

test("FD-1, P-1: of two hostile organizations neither opens a session of the other by e-mail, key, request or RelayState", async ({
  org,
  visitor,
  database,
}) => {
  const [victim, attacker] = await Promise.all([org(), org()]);
  const ada = `ada@${victim.domain}`;
  const browser = visitor();
  await signIn(victim.connection, browser, ada, oktaPerson(ada));
  expect(await emailOf(browser)).toBe(ada);
  const counts = async ({ id }: Org) => database.countsOf(id);
  const before = [await counts(victim), await counts(attacker)];
  const evil = `evil@${attacker.domain}`;

  /** Eve starts at `door`, her provider's key signs, and the answer goes to `acs`. */
  const attack = async (door: Org, acs: Org, email: string, signer: Org, more: Partial<Said> = {}) => {
    const eve = visitor();
    const started = await eve.startSignIn({ email: door === victim ? ada : evil });
    const { acsUrl, entityId } = acs.connection;
    const saml = signer.connection.idp.respond({
      request: started.request,
      acsUrl,
      audience: entityId,
      ...oktaPerson(email),
      ...more,
    });
    const page = await eve.answer(started, saml, acsUrl);
    const { reference } = refusalOf(page);
    expect(await emailOf(eve)).toBeNull();
    return (await database.exchangeByReference(reference ?? ""))?.code;
  };
  for (const email of [ada, victim.owner.email, `nobody@${victim.domain}`]) {
    expect(await attack(attacker, attacker, email, attacker), email).toBe("GH-SIGNIN-DOMAIN");
  }
  expect(await attack(victim, victim, ada, attacker)).toBe("GH-SAML-SIGNATURE");
  expect(await attack(attacker, victim, ada, attacker)).toBe("GH-SAML-REQUEST-UNKNOWN");
  expect(await attack(attacker, victim, ada, victim)).toBe("GH-SAML-REQUEST-UNKNOWN");
  expect([await counts(victim), await counts(attacker)]).toEqual(before);
  const victimEvents = JSON.stringify(await database.eventsOf(victim.id));
  expect(victimEvents).not.toContain(attacker.slug);
});

test("FD-7, P-13: two organizations behind one provider reach each their own", async ({
  org,
  visitor,
  apply,
  database,
}) => {
  const first = await org();
  const second = await org();
  const { idp } = first.connection;
  const slug = second.slug;
  const shared = await apply({
    organization: { slug },
    domains: [{ name: `shared.${second.domain}`, verified: true }],
    connections: [
      {
        name: "Same provider",
        provider: "okta",
        domains: [`shared.${second.domain}`],
        metadataXml: idp.metadataXml("https://dev-1.okta.com/app/gatehouse_2/exk/sso/saml"),
        status: "active",
        jit: true,
      },
    ],
  });
  const connection = shared.connections.find(({ name }) => name === "Same provider");
  if (!connection) throw new Error("apply did not print the new connection");
  for (const [email, id] of [
    [`ada@${first.domain}`, first.id],
    [`ada@shared.${second.domain}`, second.id],
  ] as const) {
    const browser = visitor();
    const started = await browser.startSignIn({ email });
    await browser.answer(started, answerOf({ idp }, started, { ...oktaPerson(email), nameId: "the-same-subject" }));
    expect(await emailOf(browser)).toBe(email);
    expect(await database.userByEmail(id, email)).toMatchObject({ status: "active" });
  }
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

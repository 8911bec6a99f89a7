import { expect, test } from "./fixtures";
import { refusalOf } from "./http-browser";
import { answerOf, emailOf, oktaPerson, signIn } from "./wire";
import { refusalFamilies } from "./wire-refusals";

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
        expect(page.words).not.toMatch(/saml2|BEGIN CERTIFICATE|xml-crypto|GH-SAML|GH-SIGNIN/);
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

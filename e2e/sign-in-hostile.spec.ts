import { expect, type Org, test } from "./fixtures";
import { refusalOf } from "./http-browser";
import { answerOf, emailOf, oktaPerson, type Said, signIn } from "./wire";

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

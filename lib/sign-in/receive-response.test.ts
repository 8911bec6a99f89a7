import { countUse } from "lib/base/limit";
import { prisma } from "lib/base/prisma";
import { expect, test } from "vitest";
import { eventsOf, makeOrganization, makeUser } from "vitest/fixtures";
import { codeOf, finish, getAuth, makeProvider, postToAcs, respond, sessionOf, startFlow } from "vitest/sign-in";

const oktaPerson = (email: string) => ({
  nameId: email,
  attributes: { email, firstName: "Ada", lastName: "Lovelace" },
});

const exchangeOf = (orgId: string, url: URL) =>
  prisma().exchange.findFirst({ where: { orgId, reference: url.searchParams.get("ref") ?? "" } });

test("DF-9, DF-20: a stranger of the domain signs in, is made once, and ends on the page first asked for", async () => {
  const org = await makeOrganization();
  const connection = await makeProvider(org);
  const ada = `ada@${org.domain}`;
  const flow = await startFlow(` Ada@${org.domain.toUpperCase()} `, "/account?tab=sessions");
  const ended = await finish(connection, flow, oktaPerson(ada));
  expect(ended.href).toBe("http://localhost:3000/account?tab=sessions");
  expect(await sessionOf(flow)).toBe(ada);

  const again = await startFlow(ada);
  expect((await finish(connection, again, oktaPerson(ada))).pathname).toBe("/");
  const people = await prisma().user.findMany({ where: { orgId: org.id } });
  expect(people).toMatchObject([{ email: ada, name: "Ada Lovelace", role: "member", source: "sso", status: "active" }]);
  const exchanges = await prisma().exchange.findMany({ where: { orgId: org.id } });
  expect(exchanges.map(({ outcome, person }) => [outcome, person])).toEqual([
    ["succeeded", ada],
    ["succeeded", ada],
  ]);
  expect(JSON.stringify(exchanges)).not.toMatch(/SignatureValue[^<>]*>[A-Za-z0-9+/]/);
  expect((await eventsOf(org)).map(({ action }) => action)).toEqual([
    "sso.user_matched",
    "sso.login.succeeded",
    "sso.login.succeeded",
  ]);
});

test("DF-20: of 20 posts and 20 callbacks of one answer at once, one session comes out", async () => {
  const org = await makeOrganization();
  const connection = await makeProvider(org);
  const ada = `ada@${org.domain}`;
  const flow = await startFlow(ada);
  const fields = { SAMLResponse: respond(connection, flow, oktaPerson(ada)), RelayState: flow.relayState };
  const posts = await Promise.all(Array.from({ length: 20 }, () => postToAcs(connection.id, fields)));
  const locations = posts.map((post) => post.headers.get("location") ?? "");
  const [callback, ...others] = locations.filter((location) => location.includes("/api/auth/callback/"));
  expect(others).toEqual([]);
  expect(locations.filter((location) => location.includes("code=replay"))).toHaveLength(19);
  const cookies = () => new Map(flow.cookies);
  const ends = await Promise.all(Array.from({ length: 20 }, () => getAuth(callback ?? "", cookies())));
  const won = ends.filter((end) => end.headers.get("location") === "http://localhost:3000/");
  expect(won).toHaveLength(1);
  expect(await prisma().session.count({ where: { orgId: org.id } })).toBe(1);
});

test("DF-20: the answer in another browser, and one whose cookies are gone, sign in nobody", async () => {
  const org = await makeOrganization();
  const connection = await makeProvider(org);
  const mine = await startFlow(`me@${org.domain}`);
  const strangers = await startFlow(`eve@${org.domain}`);
  const inMyBrowser = { ...strangers, cookies: new Map(mine.cookies) };
  const ended = await finish(connection, inMyBrowser, oktaPerson(`eve@${org.domain}`));
  expect(codeOf(ended)).toBe("state_missing");
  expect(await exchangeOf(org.id, ended)).toMatchObject({ code: "GH-SAML-STATE", outcome: "failed" });
  // My own sign-in is still under way.
  expect(codeOf(await finish(connection, mine, oktaPerson(`me@${org.domain}`)))).toBeNull();
  expect(await sessionOf(mine)).toBe(`me@${org.domain}`);

  const blocked = await startFlow(`me@${org.domain}`);
  const without = await finish(connection, { ...blocked, cookies: new Map() }, oktaPerson(`me@${org.domain}`));
  expect(codeOf(without)).toBe("state_missing");
  expect(await exchangeOf(org.id, without)).toMatchObject({ code: "GH-SAML-STATE" });
});

test("DF-20: a new sign-in ends the session that the browser held, whoever owned it", async () => {
  const org = await makeOrganization();
  const connection = await makeProvider(org);
  const eve = await startFlow(`eve@${org.domain}`);
  await finish(connection, eve, oktaPerson(`eve@${org.domain}`));
  const planted = eve.cookies.get("gatehouse.session") ?? "";
  const mine = await startFlow(`me@${org.domain}`);
  mine.cookies.set("gatehouse.session", planted);
  await finish(connection, mine, oktaPerson(`me@${org.domain}`));
  expect(await sessionOf(mine)).toBe(`me@${org.domain}`);
  expect(mine.cookies.get("gatehouse.session")).not.toBe(planted);
  expect(await sessionOf(eve)).toBeNull();
});

test("DF-7, DF-22: a wrong audience is refused with its code, one exchange, one event, and the request still waits", async () => {
  const org = await makeOrganization();
  const connection = await makeProvider(org);
  const ada = `ada@${org.domain}`;
  const flow = await startFlow(ada);
  const audiences =
    "<saml2:AudienceRestriction><saml2:Audience>https://other.example</saml2:Audience></saml2:AudienceRestriction>";
  const ended = await finish(connection, flow, { ...oktaPerson(ada), parts: { audiences } });
  expect(codeOf(ended)).toBe("audience");
  expect(await exchangeOf(org.id, ended)).toMatchObject({
    code: "GH-SAML-AUDIENCE",
    detail: { received: "https://other.example" },
  });
  expect(await prisma().exchange.count({ where: { orgId: org.id } })).toBe(1);
  expect((await eventsOf(org)).map(({ action, outcome }) => [action, outcome])).toEqual([
    ["sso.login.failed", "refused"],
  ]);
  expect(await prisma().user.count({ where: { orgId: org.id } })).toBe(0);
  // A refused message burns nothing: the right answer to the same request signs in, under a row of its own.
  expect(codeOf(await finish(connection, flow, oktaPerson(ada)))).toBeNull();
  const outcomes = await prisma().exchange.findMany({ where: { orgId: org.id }, orderBy: { id: "asc" } });
  expect(outcomes.map(({ outcome }) => outcome)).toEqual(["failed", "succeeded"]);
});

test("AV-1: a response without RelayState of ours is answered by the page of IdP-initiated sign-in", async () => {
  const org = await makeOrganization();
  const connection = await makeProvider(org);
  for (const RelayState of ["", "initiate-sp-login"]) {
    const location = new URL(
      (await postToAcs(connection.id, { SAMLResponse: "x", RelayState })).headers.get("location") ?? "",
    );
    expect(codeOf(location)).toBe("idp_initiated_off");
    expect(await exchangeOf(org.id, location)).toMatchObject({ code: "GH-SAML-IDP-INITIATED-OFF" });
  }
});

test("DF-18, FD-2: a draft's and a disabled connection's ACS refuse", async () => {
  const org = await makeOrganization();
  const connection = await makeProvider(org);
  const flow = await startFlow(`ada@${org.domain}`);
  for (const status of ["disabled", "draft"] as const) {
    await prisma().connection.updateMany({ where: { orgId: org.id, id: connection.id }, data: { status } });
    const ended = await finish(connection, flow, oktaPerson(`ada@${org.domain}`));
    expect(codeOf(ended)).toBe("connection_disabled");
    expect(await exchangeOf(org.id, ended)).toMatchObject({ code: "GH-SAML-CONNECTION-OFF" });
  }
});

test("FX-2: an opaque persistent NameID is the person, and its case counts", async () => {
  const org = await makeOrganization();
  const connection = await makeProvider(org);
  const persistent = "urn:oasis:names:tc:SAML:2.0:nameid-format:persistent";
  const as = async (nameId: string, email: string) => {
    const flow = await startFlow(email);
    return finish(connection, flow, { nameId, nameIdFormat: persistent, attributes: { email } });
  };
  await as("G4n7", `ada@${org.domain}`);
  expect(codeOf(await as("G4n7", `ada.lee@${org.domain}`))).toBeNull();
  expect(codeOf(await as("g4n7", `bob@${org.domain}`))).toBeNull();
  const people = await prisma().user.findMany({ where: { orgId: org.id }, orderBy: { email: "asc" } });
  expect(people.map(({ email }) => email)).toEqual([`ada.lee@${org.domain}`, `bob@${org.domain}`]);
});

test("DF-8: several audiences, and a response without Issuer, sign in through the second way", async () => {
  const org = await makeOrganization();
  const connection = await makeProvider(org);
  const ada = `ada@${org.domain}`;
  const ours = `http://localhost:3000/api/saml/${connection.id}/metadata`;
  const audiences = `<saml2:AudienceRestriction><saml2:Audience>https://other.example</saml2:Audience><saml2:Audience>${ours}</saml2:Audience></saml2:AudienceRestriction>`;
  for (const parts of [{ audiences }, { responseIssuer: "" }]) {
    const flow = await startFlow(ada);
    const ended = await finish(connection, flow, { ...oktaPerson(ada), parts });
    expect(codeOf(ended)).toBeNull();
    expect(await sessionOf(flow)).toBe(ada);
  }
});

test("DF-35: a person deactivated between answer and callback is refused, and no session is made", async () => {
  const org = await makeOrganization();
  const connection = await makeProvider(org);
  const ada = `ada@${org.domain}`;
  const user = await makeUser(org, { email: ada });
  const flow = await startFlow(ada);
  const posted = await postToAcs(connection.id, {
    SAMLResponse: respond(connection, flow, oktaPerson(ada)),
    RelayState: flow.relayState,
  });
  await prisma().user.updateMany({ where: { orgId: org.id, id: user.id }, data: { status: "deactivated" } });
  const ended = await getAuth(posted.headers.get("location") ?? "", flow.cookies);
  expect(codeOf(new URL(ended.headers.get("location") ?? ""))).toBe("user_deactivated");
  expect(await prisma().session.count({ where: { orgId: org.id } })).toBe(0);
  expect(await prisma().identity.count({ where: { orgId: org.id } })).toBe(0);
});

test("FD-1: an answer for another connection, and one by another connection's key, are refused", async () => {
  const [one, two] = [await makeOrganization(), await makeOrganization()];
  const [first, second] = [await makeProvider(one), await makeProvider(two)];
  const flow = await startFlow(`ada@${one.domain}`);
  const foreign = await postToAcs(second.id, {
    SAMLResponse: respond(second, flow, oktaPerson(`ada@${two.domain}`)),
    RelayState: flow.relayState,
  });
  expect(codeOf(new URL(foreign.headers.get("location") ?? ""))).toBe("request_unknown");
  const outside = await startFlow(`ada@${one.domain}`);
  const ended = await finish(first, outside, oktaPerson(`ceo@${two.domain}`));
  expect(codeOf(ended)).toBe("domain_not_allowed");
  expect(await prisma().user.count({ where: { orgId: { in: [one.id, two.id] } } })).toBe(0);
});

test("rules 1 to 6 answer by status and leave no exchange", async () => {
  const org = await makeOrganization();
  const connection = await makeProvider(org);
  expect((await postToAcs(connection.id, { RelayState: "x" })).status).toBe(400);
  expect((await postToAcs(connection.id, { SAMLResponse: "x" }, { "content-type": "application/json" })).status).toBe(
    415,
  );
  expect((await postToAcs(connection.id, { SAMLResponse: "A".repeat(360_000) })).status).toBe(413);
  expect((await postToAcs(connection.id, { SAMLResponse: "A".repeat(500_000) })).status).toBe(413);
  expect((await postToAcs("01890000-0000-7000-8000-000000000000", { SAMLResponse: "x" })).status).toBe(404);
  expect((await postToAcs("x", { SAMLResponse: "x" })).status).toBe(404);
  expect(await prisma().exchange.count({ where: { orgId: org.id } })).toBe(0);
});

test("DF-22: the 31st unreadable response of a minute gets 429 and one event tells it", async () => {
  const org = await makeOrganization();
  const connection = await makeProvider(org);
  const statuses: number[] = [];
  for (let post = 0; post < 33; post++) {
    statuses.push((await postToAcs(connection.id, { RelayState: "x" })).status);
  }
  expect(statuses.slice(0, 30)).toEqual(Array(30).fill(400));
  expect(statuses.slice(30)).toEqual([429, 429, 429]);
  expect((await eventsOf(org)).map(({ payload }) => payload)).toEqual([
    { connection: connection.name, code: "GH-SAML-RATE" },
  ]);
});

test("only session, csrf and callback are served of next-auth, and a foreign callbackUrl is a 400", async () => {
  const nobody = new Map<string, string>();
  for (const path of ["signin", "signin/saml", "signout", "providers", "error", "_log", "callback/other", "callback"]) {
    expect((await getAuth(`/api/auth/${path}`, nobody)).status, path).toBe(404);
  }
  expect(await (await getAuth("/api/auth/session", nobody)).json()).toEqual({});
  for (const address of ["https://evil.example", "//evil.example", "http://[", "javascript:alert(1)"]) {
    const query = new URLSearchParams({ callbackUrl: address });
    expect((await getAuth(`/api/auth/session?${query}`, nobody)).status, address).toBe(400);
  }
  const bad = new Map([["gatehouse.callback-url", "http://["]]);
  expect((await getAuth("/api/auth/session", bad)).status).toBe(200);
  const broken = await getAuth("/api/auth/callback/saml?error=<b>&state=x", nobody);
  expect(broken.headers.get("location")).toMatch(/\/sign-in\/error\?code=state_missing$/);
});

test("D-03: NUL in a response, and a letter of two halves where its record is cut, are refusals of their own and recorded", async () => {
  const org = await makeOrganization();
  const connection = await makeProvider(org);
  const head = 64 * 1024 - 4;
  for (const text of ["<x>\0</x>", `<x>${"a".repeat(head)}\u{1f600}</x>`, `<x>${"a".repeat(head + 1)}\u{1f600}</x>`]) {
    const { relayState } = await startFlow(`ada@${org.domain}`);
    const SAMLResponse = Buffer.from(text).toString("base64");
    const posted = await postToAcs(connection.id, { SAMLResponse, RelayState: relayState });
    const ended = new URL(posted.headers.get("location") ?? "");
    expect(codeOf(ended), text.slice(0, 9)).toBe("malformed");
    expect(await exchangeOf(org.id, ended)).toMatchObject({ outcome: "failed" });
  }
});

test("D-03: a status message whose 200th character is half a letter is told, not a fault of ours", async () => {
  const org = await makeOrganization();
  const connection = await makeProvider(org);
  const flow = await startFlow(`ada@${org.domain}`);
  const status = `<saml2p:Status><saml2p:StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:Responder"/><saml2p:StatusMessage>${"a".repeat(199)}\u{1f600}</saml2p:StatusMessage></saml2p:Status>`;
  const ended = await finish(connection, flow, { ...oktaPerson(`ada@${org.domain}`), parts: { status } });
  expect(codeOf(ended)).toBe("idp_status");
});

test("promise 10: answers that need no provider's signature fill no log: past 60 a minute people are told, but no row is made", async () => {
  const org = await makeOrganization();
  const connection = await makeProvider(org);
  for (let count = 0; count < 58; count++) await countUse("strayResponse", `${connection.id}|unknown`);
  const posts = ["", "initiate-sp-login", "boxyhq_jackson_unknown"];
  const codes: (string | null)[] = [];
  for (const RelayState of posts) {
    const { headers } = await postToAcs(connection.id, { SAMLResponse: "x", RelayState });
    codes.push(codeOf(new URL(headers.get("location") ?? "")));
  }
  expect(codes).toEqual(["idp_initiated_off", "idp_initiated_off", "request_unknown"]);
  const where = { orgId: org.id };
  expect([await prisma().exchange.count({ where }), await prisma().auditEvent.count({ where })]).toEqual([2, 2]);
});

test("promise 10: the same callback without its cookies fills no log, and its first one ends the sign-in", async () => {
  const org = await makeOrganization();
  const connection = await makeProvider(org);
  const flow = await startFlow(`ada@${org.domain}`);
  const SAMLResponse = respond(connection, flow, oktaPerson(`ada@${org.domain}`));
  const posted = await postToAcs(connection.id, { SAMLResponse, RelayState: flow.relayState });
  const callback = posted.headers.get("location") ?? "";
  for (let count = 0; count < 60; count++) await countUse("strayResponse", `${connection.id}|unknown`);
  for (let count = 0; count < 3; count++) {
    const { headers } = await getAuth(callback, new Map());
    expect(codeOf(new URL(headers.get("location") ?? ""))).toBe("state_missing");
  }
  expect((await eventsOf(org)).map(({ action }) => action)).toEqual(["sso.login.failed"]);
  const late = await getAuth(callback, new Map(flow.cookies));
  expect(codeOf(new URL(late.headers.get("location") ?? ""))).toBe("request_unknown");
  expect(await prisma().session.count({ where: { orgId: org.id } })).toBe(0);
});

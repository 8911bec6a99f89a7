import * as wrongApi from "app/api/scim/[...path]/route";
import { POST as handle } from "app/api/scim/v2/[...path]/route";
import * as wrong from "app/scim/[...path]/route";
import { prisma } from "lib/base/prisma";
import { disableDirectory } from "lib/directories/disable-directory";
import { enableDirectory } from "lib/directories/enable-directory";
import { findCallByReference } from "lib/exchanges/list-calls";
import { scimRoute } from "lib/gates/scim-route";
import { flushExchanges } from "lib/provisioning/exchange-buffer";
import { createToken } from "lib/tokens/create-token";
import { revokeToken } from "lib/tokens/revoke-token";
import { expect, test, vi } from "vitest";
import { exchangesOf, makeDirectory, oktaUser, sendScim } from "vitest/scim-fixtures";
import { changeSettings } from "vitest/settings";

const authorization = (value: string) => ({ headers: { authorization: value } });

test("FX-19, FX-14: the token is taken with Bearer in any letter case, doubled, and bare", async () => {
  const { token, org } = await makeDirectory();
  const forms = [
    `Bearer ${token}`,
    `bearer ${token}`,
    `BEARER   ${token}`,
    token,
    `Bearer Bearer ${token}`,
    `  ${token} `,
  ];
  for (const form of forms)
    expect((await sendScim("GET", "/Users?count=1", undefined, authorization(form))).status).toBe(200);
  const rows = await exchangesOf(org);
  const remarks = rows.map(({ detail }) => (detail as { token?: string }).token ?? "bearer");
  expect(remarks).toEqual(["bearer", "bearer", "bearer", "bare", "doubled", "bare"]);
});

test("DG-5, DF-30: each wrong token is a 401 that says what is wrong with it, with its own sentence", async () => {
  const { token, owner, directoryId, org } = await makeDirectory();
  const known = await prisma().token.findFirstOrThrow({ where: { orgId: org.id } });
  const revoked = await createToken(owner, { directoryId, name: "Old", expires: "1y" });
  const expired = await createToken(owner, { directoryId, name: "Late", expires: "90d" });
  if (!revoked.ok || !expired.ok) throw new Error("no token");
  await revokeToken(owner, { tokenId: revoked.value.tokenId });
  const past = new Date("2026-01-02T03:04:05Z");
  await prisma().token.updateMany({ where: { orgId: org.id, id: expired.value.tokenId }, data: { expiresAt: past } });
  const altered = `${token.slice(0, -1)}${token.endsWith("0") ? "1" : "0"}`;
  const foreign = "gh_scim_0000000000000000000000000000000000000000000";
  const cases: [string | null, string][] = [
    [null, "No token was sent. In Okta choose HTTP Header"],
    ["Basic dXNlcjpwYXNz", "Basic authentication is not supported"],
    [`Bearer ${token.slice(0, 40)}`, "49 characters must follow gh_scim_, 32 arrived"],
    [`Bearer ${altered}`, "cut off or altered"],
    [`Bearer ${foreign}`, "cut off or altered"],
    ["Bearer gh_pat_abc", "This is a personal API token. SCIM needs a token that begins with gh_scim_."],
    ["Bearer something-else", "one begins with gh_scim_"],
    [`Bearer ${revoked.value.token}`, `Token 'Old' (…${revoked.value.tail}) was revoked on`],
    [`Bearer ${expired.value.token}`, "expired on 2 January 2026; create a new one under Provisioning."],
  ];
  for (const [header, sentence] of cases) {
    const reply = await sendScim("GET", "/Users", undefined, header === null ? {} : authorization(header));
    expect(reply.status, sentence).toBe(401);
    expect(reply.body).toMatchObject({ schemas: ["urn:ietf:params:scim:api:messages:2.0:Error"], status: "401" });
    expect(reply.body.detail).toContain(sentence);
    expect(reply.body.detail).toMatch(/\(ref [0-9A-Z-]{14}\)$/);
    expect(reply.headers.get("www-authenticate")).toBe('Bearer realm="Gatehouse SCIM"');
    expect(reply.text).not.toContain("something-else");
  }
  await prisma().organization.update({ where: { id: org.id }, data: { suspended: true } });
  expect((await sendScim("GET", "/Users", undefined, { token })).body.detail).toContain("suspended organization");
  await prisma().directory.deleteMany({ where: { orgId: org.id } });
  const deleted = await sendScim("GET", "/Users", undefined, { token });
  expect(deleted.body.detail).toContain(
    `Token '${known.name}' (…${known.tail}) belongs to a directory that was deleted.`,
  );
});

test("AV-14: a cut copy and a revoked token show in their directory's log, others nowhere", async () => {
  const { token, owner, directoryId, org } = await makeDirectory();
  const revoked = await createToken(owner, { directoryId, name: "Old", expires: "1y" });
  if (!revoked.ok) throw new Error("no token");
  await revokeToken(owner, { tokenId: revoked.value.tokenId });
  await sendScim("GET", "/Users", undefined, authorization(token.slice(0, 30)));
  await sendScim("GET", "/Users", undefined, authorization(revoked.value.token));
  await sendScim("GET", "/Users", undefined, authorization("gh_scim_nobody"));
  const rows = await exchangesOf(org);
  expect(rows.map(({ summary, status }) => `${status} ${summary.split("(")[0]?.trim()}`).sort()).toEqual([
    "401 Refused: Token 'Old'",
    "401 Refused: a cut or altered copy of token 'Okta' came",
  ]);
  expect(JSON.stringify(rows)).not.toContain(token.slice(8, 20));
});

test("DF-30: switched off, the right token gets 403 on every method and path and changes nothing; a wrong one 401", async () => {
  const { owner, connectionId, send, org } = await makeDirectory();
  const { id } = (await send("POST", "/Users", oktaUser(`ann@${org.domain}`))).body;
  expect((await disableDirectory(owner, { connectionId })).ok).toBe(true);
  const methods = ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"] as const;
  for (const method of methods) {
    for (const path of ["/Users", `/Users/${id}`, "/Groups", "/Schemas", "/nowhere", "/Me"]) {
      const body = ["POST", "PUT", "PATCH"].includes(method) ? { active: false } : undefined;
      const reply = await send(method, path, body);
      expect(reply.status, `${method} ${path}`).toBe(403);
      expect(reply.body.detail).toContain(
        "Provisioning is switched off for connection 'Okta' in Gatehouse. Nothing was changed.",
      );
      expect((await sendScim(method, path, body, authorization("Bearer wrong"))).status).not.toBe(403);
    }
  }
  const again = await enableDirectory(owner, { connectionId, keepJit: true, firstToken: true });
  expect(again).toMatchObject({ ok: true, value: { token: null } });
  expect((await send("GET", `/Users/${id}`)).body.active).toBe(true);
});

test("paths: names in any letter case, one trailing slash; every other spelling is 404, a wrong method 405 with Allow", async () => {
  const { send, org } = await makeDirectory();
  const { id } = (await send("POST", "/Users", oktaUser(`ann@${org.domain}`))).body;
  for (const path of ["/users", "/USERS/", `/uSers/${id}`, "/Users?aadOptscim062020"]) {
    expect((await send("GET", path)).status, path).toBe(200);
  }
  for (const path of [
    "/%55sers",
    "/Users;x",
    `/Users%2F${id}`,
    "/Users/..%2f",
    `/Users/${id}/x`,
    "//Users",
    "/Users/0",
    "/",
  ]) {
    const reply = await send("GET", path);
    expect(reply.status, path).toBe(404);
    expect(reply.body.status).toBe("404");
  }
  const list = await send("DELETE", "/Users");
  expect([list.status, list.headers.get("allow")]).toEqual([405, "GET, POST"]);
  expect((await send("POST", `/Users/${id}`, {})).headers.get("allow")).toBe("GET, PUT, PATCH, DELETE");
  expect((await send("HEAD", "/Users")).status).toBe(405);
  expect((await send("OPTIONS", "/Users")).status).toBe(405);
  const override = { headers: { "x-http-method-override": "DELETE" } };
  expect((await send("GET", `/Users/${id}`, undefined, override)).status).toBe(200);
  for (const method of ["GET", "POST", "DELETE"] as const) {
    const me = await send(method, "/Me");
    expect(me.status).toBe(501);
    expect(me.body.detail).toContain("A SCIM token stands for a directory, not a person.");
  }
});

test("bodies: type 415, size 413, syntax 400, in this order, and nothing is changed", async () => {
  const { send } = await makeDirectory();
  const type = (value: string, raw = "{}") => ({ raw, headers: { "content-type": value } });
  expect((await send("POST", "/Users", undefined, type("text/xml"))).status).toBe(415);
  const zipped = { raw: "{}", headers: { "content-type": "application/json", "content-encoding": "gzip" } };
  expect((await send("POST", "/Users", undefined, zipped)).status).toBe(415);
  const large = " ".repeat(1024 * 1024 + 1);
  expect((await send("POST", "/Users", undefined, type("application/json", large))).status).toBe(413);
  expect((await send("POST", "/Groups", undefined, type("application/json", large))).status).toBe(400);
  const syntax = ["{", "[]", "null", "7", '{"userName":"a","USERNAME":"b"}', '{"a":{"b":1,"\\u0062":2}}'];
  for (const raw of syntax) {
    const reply = await send("POST", "/Users", undefined, { raw });
    expect([reply.status, reply.body.scimType], raw).toEqual([400, "invalidSyntax"]);
  }
  const charset = type("application/json; charset=UTF-8", '{"displayName":"Ops"}');
  expect((await send("POST", "/Groups", undefined, charset)).status).toBe(201);
});

test("a known query name given twice, or one with a bracket, is refused", async () => {
  const { send } = await makeDirectory();
  for (const query of ["count=1&COUNT=2", "filter[contains]=x"]) {
    const reply = await send("GET", `/Users?${query}`);
    expect([reply.status, reply.body.scimType]).toEqual([400, "invalidValue"]);
  }
});

test("beyond the rate a directory gets 429 with whole seconds, and no other directory does", async () => {
  const [busy, calm] = [await makeDirectory(), await makeDirectory()];
  changeSettings({ SCIM_RATE: 1 });
  try {
    const replies = [];
    for (let index = 0; index < 24; index++) replies.push(await busy.send("GET", "/Users?count=0"));
    const refused = replies.filter(({ status }) => status === 429);
    expect(refused.length).toBeGreaterThan(0);
    expect(refused[0]?.headers.get("retry-after")).toMatch(/^[1-9]\d*$/);
    expect((await calm.send("GET", "/Users?count=0")).status).toBe(200);
    // One row tells of all that were refused in its second, so that they do not bury the log.
    const rowsOf = async () => (await exchangesOf(busy.org)).filter(({ status }) => status === 429);
    await vi.waitFor(async () => expect(await rowsOf()).not.toEqual([]), { timeout: 5_000, interval: 100 });
    const rows = await rowsOf();
    expect(rows.length).toBeLessThan(refused.length);
    expect(rows[0]).toMatchObject({ detail: { refused: expect.any(Number) } });
    expect(rows[0]?.summary).toMatch(/^Refused: too many requests, \d+ within a second$/);
  } finally {
    changeSettings({ SCIM_RATE: 50 });
  }
});

test("60 wrong tokens a minute from one address, then 429; the right token from there goes on", async () => {
  const { send } = await makeDirectory();
  const from = { headers: { authorization: "Bearer wrong", "x-gatehouse-socket": "192.0.2.99" } };
  const replies = [];
  for (let index = 0; index < 61; index++) replies.push((await sendScim("GET", "/Users", undefined, from)).status);
  expect(replies.slice(0, 60)).toEqual(Array(60).fill(401));
  expect(replies[60]).toBe(429);
  expect((await send("GET", "/Users", undefined, { headers: { "x-gatehouse-socket": "192.0.2.99" } })).status).toBe(
    200,
  );
});

test("a wrong base URL is answered with the right one", async () => {
  for (const [route, path] of [
    [wrong, "/scim/v2/Users"],
    [wrongApi, "/api/scim/v1/Users"],
    [wrongApi, "/api/scim/v2"],
  ] as const) {
    const reply = await route.GET(new Request(`http://localhost:3000${path}`));
    expect(reply.status).toBe(404);
    expect((await reply.json()).detail).toContain("The base URL is http://localhost:3000/api/scim/v2;");
  }
});

test("one request is one row of the log, words first, with the change of its event; secrets are in none", async () => {
  const { send, org } = await makeDirectory();
  const address = `ann@${org.domain}`;
  const { id } = (await send("POST", "/Users", oktaUser(address))).body;
  await send("GET", `/Users?filter=${encodeURIComponent(`userName eq "${address}"`)}`);
  await send("PUT", `/Users/${id}`, oktaUser(address, { active: false }));
  await send("POST", "/Users", oktaUser("eve@elsewhere.example"));
  await send("GET", '/Users?filter=password eq "hunter2hunter2"');
  await flushExchanges();
  const rows = await exchangesOf(org);
  expect(rows.map(({ summary }) => summary.slice(0, 40))).toEqual([
    "Created Ann Lee",
    expect.stringContaining("Searched userName eq"),
    "Deactivated Ann Lee",
    "Refused: elsewhere.example is not a veri",
    expect.stringContaining("Refused:"),
  ]);
  expect(rows.map(({ status }) => status)).toEqual([201, 200, 200, 400, 400]);
  expect(rows[0]).toMatchObject({ method: "POST", path: "/api/scim/v2/Users", tokenName: "Okta", person: address });
  expect(rows[2]?.detail).toMatchObject({ before: { active: true }, after: { active: false } });
  const event = await prisma().auditEvent.findFirst({ where: { orgId: org.id, id: rows[2]?.auditEventId ?? "" } });
  expect(event?.action).toBe("scim.user_deactivated");
  const text = JSON.stringify(rows);
  for (const secret of ["placeholder-1Xy", "hunter2", "gh_scim_"]) expect(text).not.toContain(secret);
});

test("FD-15: a fault of ours is 500 with a reference and not a word of what it was; the log row says as much", async () => {
  const { org, token } = await makeDirectory();
  const broken = scimRoute({
    "GET /Users": () => Promise.reject(new TypeError("SELECT secret FROM people at lib/x.ts:1")),
  });
  const headers = { authorization: `Bearer ${token}` };
  const response = await broken(new Request("http://localhost:3000/api/scim/v2/Users", { headers }));
  const text = await response.text();
  expect([response.status, response.headers.get("retry-after")]).toEqual([500, null]);
  expect(JSON.parse(text).detail).toMatch(/^Gatehouse could not process this request and changed nothing. \(ref /);
  const rows = await exchangesOf(org);
  expect(rows.map(({ status }) => status)).toEqual([500]);
  expect(text + JSON.stringify(rows)).not.toMatch(/SELECT|secret|x\.ts/);
});

test("FX-14: a token that is revoked while a slow body arrives opens nothing any more", async () => {
  const directory = await makeDirectory();
  const { org, owner, token } = directory;
  const { id: tokenId } = await prisma().token.findFirstOrThrow({ where: { orgId: org.id } });
  vi.useFakeTimers({ toFake: ["performance"] });
  try {
    const text = JSON.stringify(oktaUser(`ann@${org.domain}`));
    let sent = 0;
    const body = new ReadableStream<Uint8Array>({
      async pull(controller) {
        // The first half comes at once; the second after the token's end.
        if (sent === 1) {
          await revokeToken(owner, { tokenId });
          vi.advanceTimersByTime(1_000);
        }
        const half = text.length / 2;
        controller.enqueue(new TextEncoder().encode(sent++ === 0 ? text.slice(0, half) : text.slice(half)));
        if (sent === 2) controller.close();
      },
    });
    const response = await handle(
      new Request("http://localhost:3000/api/scim/v2/Users", {
        method: "POST",
        headers: { authorization: `Bearer ${token}`, "content-type": "application/scim+json" },
        body,
        duplex: "half",
      } as RequestInit),
    );
    expect([response.status, response.headers.get("www-authenticate")]).toEqual([401, 'Bearer realm="Gatehouse SCIM"']);
    expect((await response.json()).detail).toContain("was revoked on");
  } finally {
    vi.useRealTimers();
  }
  expect(await prisma().directoryUser.count({ where: { orgId: org.id } })).toBe(0);
});

test("B-6: a request number that a proxy sends twice costs no write its effect, nor its row in the log", async () => {
  const { org, owner, send } = await makeDirectory();
  const reference = "proxy-retry-0001";
  const headers = { "x-request-id": reference };
  for (const name of ["ann", "bob", "cy"]) {
    expect((await send("POST", "/Users", oktaUser(`${name}@${org.domain}`), { headers })).status).toBe(201);
  }
  await send("POST", "/Users", oktaUser(`cy@${org.domain}`), { headers });
  const rows = await exchangesOf(org);
  expect(rows.map(({ status }) => status)).toEqual([201, 201, 201, 409]);
  expect(await findCallByReference(owner, ` ${reference} `)).toEqual({ id: rows.at(-1)?.id });
});

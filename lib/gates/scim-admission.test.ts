import { prisma } from "lib/base/prisma";
import { touchToken } from "lib/base/touch";
import { disableDirectory } from "lib/directories/disable-directory";
import { createToken } from "lib/tokens/create-token";
import { revokeToken } from "lib/tokens/revoke-token";
import { rotateToken } from "lib/tokens/rotate-token";
import { scimTokenOf } from "lib/tokens/scim-token";
import { expect, test, vi } from "vitest";
import { makeOrganization, makeSession, makeUser } from "vitest/fixtures";
import { exchangesOf, makeDirectory, sendScim } from "vitest/scim-fixtures";

const header = (authorization: string | null, more: Record<string, string> = {}) => ({
  headers: { ...(authorization === null ? {} : { authorization }), ...more },
});
const ask = (authorization: string | null, more: Record<string, string> = {}, path = "/Users?count=0") =>
  sendScim("GET", path, undefined, header(authorization, more));

const noToken = "No token was sent. In Okta choose HTTP Header (or OAuth Bearer Token) and paste the SCIM token.";
const basic = "Basic authentication is not supported; choose HTTP Header and paste the SCIM token.";
const unknown = "This token is not known here; it may belong to another installation, or was deleted.";
const cut = (arrived: number, more = "") =>
  `The token is cut off or altered (49 characters must follow gh_scim_, ${arrived} arrived${more}).`;

// scim.md section 2, first row, and what people make of it in a form's field.
const accepted: [form: string, write: (token: string) => string][] = [
  ["Bearer T", (token) => `Bearer ${token}`],
  ["bearer T", (token) => `bearer ${token}`],
  ["BEARER   T", (token) => `BEARER   ${token}`],
  ["T alone", (token) => token],
  ["Bearer Bearer T", (token) => `Bearer Bearer ${token}`],
  ["bearer BEARER Bearer T", (token) => `bearer BEARER Bearer ${token}`],
  ["blanks around", (token) => `  Bearer \t ${token}  `],
  ["a blank behind the token alone", (token) => `${token} `],
];

test.each(accepted)("FX-19, DF-40: accepted: %s", async (_, write) => {
  const { token } = await makeDirectory();
  expect((await ask(write(token))).status).toBe(200);
});

const refusedForms: [form: string, write: (token: string) => string | null, detail: string][] = [
  ["absent", () => null, noToken],
  ["empty", () => "", noToken],
  ["blank", () => "   ", noToken],
  ["Bearer and nothing", () => "Bearer ", noToken],
  ["Basic", (token) => `Basic ${Buffer.from(`okta:${token}`).toString("base64")}`, basic],
  ["basic in lower case, the token in clear", (token) => `basic ${token}`, basic],
  ["cut", (token) => `Bearer ${token.slice(0, 20)}`, cut(12)],
  ["the prefix alone", () => "gh_scim_", cut(0)],
  ["one character too many", (token) => `Bearer ${token}x`, cut(50)],
  ["broken by a blank", (token) => `Bearer ${token.slice(0, 30)} ${token.slice(30)}`, cut(50)],
  [
    "altered",
    (token) => token.slice(0, -1) + (token.endsWith("A") ? "B" : "A"),
    cut(49, "; the checksum does not fit"),
  ],
  ["a look-alike without checksum", () => `gh_scim_${"a".repeat(49)}`, cut(49, "; the checksum does not fit")],
  [
    "gh_pat_",
    () => `Bearer gh_pat_${"a".repeat(49)}`,
    "This is a personal API token. SCIM needs a token that begins with gh_scim_.",
  ],
  [
    "another of our kinds",
    () => `Bearer gh_hook_${"a".repeat(20)}`,
    "This is another kind of Gatehouse token. SCIM needs a token that begins with gh_scim_.",
  ],
  [
    "somebody else's",
    () => "Bearer 00SecretOfOkta",
    "This is not a SCIM token: one begins with gh_scim_. Paste it again.",
  ],
  [
    "another scheme",
    (token) => `Token ${token}`,
    "Something other than Bearer stands before gh_scim_. Paste the token alone, or after the word Bearer.",
  ],
  [
    "in quotation marks",
    (token) => `Bearer "${token}"`,
    "Something other than Bearer stands before gh_scim_. Paste the token alone, or after the word Bearer.",
  ],
  ["well formed, unknown", () => `Bearer ${scimTokenOf(crypto.getRandomValues(new Uint8Array(32)))}`, unknown],
];

test.each(refusedForms)("DG-5, DF-40: 401 that says what is wrong: %s", async (_, write, detail) => {
  const { token } = await makeDirectory();
  const value = write(token);
  const reply = await ask(value);
  expect(reply.status).toBe(401);
  expect(reply.body).toEqual({
    schemas: ["urn:ietf:params:scim:api:messages:2.0:Error"],
    status: "401",
    detail: expect.stringMatching(/ \(ref [0-9A-Z-]{14}\)$/),
  });
  expect(reply.body.detail.replace(/ \(ref .+\)$/, "")).toBe(detail);
  expect(reply.headers.get("www-authenticate")).toBe('Bearer realm="Gatehouse SCIM"');
  // Never echoed: a value that is not ours, nor more of ours than prefix and last four.
  const secret = value?.replace(/^(bearer|basic|token)\s+"?|gh_\w+?_|"$/gi, "").trim();
  if (secret && secret.length > 4) expect(reply.text).not.toContain(secret);
});

test("DG-5: a token in the query or the body and the console's cookie are no token", async () => {
  const { token, org, owner } = await makeDirectory();
  const cookie = await makeSession(org, owner.actor.id);
  const replies = [
    await ask(null, {}, `/Users?access_token=${token}&token=${token}`),
    await sendScim("POST", "/Users", { access_token: token, Authorization: `Bearer ${token}` }),
    await ask(null, { cookie: `gatehouse.session=${cookie}` }),
    await ask(null, { "x-api-key": token, "proxy-authorization": `Bearer ${token}` }),
  ];
  for (const { status, body } of replies) expect([status, body.detail.startsWith(noToken)]).toEqual([401, true]);
});

test("DF-40, DG-5: whatever ended a token is told with its name, its last four and the day, from the next request on", async () => {
  const { org, owner, directoryId } = await makeDirectory();
  const make = async (name: string) => {
    const made = await createToken(owner, { directoryId, name, expires: "90d" });
    if (!made.ok) throw new Error(made.reason);
    return made.value;
  };
  const today = new Date().toLocaleDateString("en-GB", { dateStyle: "long", timeZone: "UTC" });
  const said = async ({ token, tail, name }: { token: string; tail: string; name: string }) => {
    const { status, body } = await ask(`Bearer ${token}`);
    const detail: string = body.detail;
    return [status, detail.replace(`Token '${name}' (…${tail}) `, "").replace(/ \(ref .+\)$/, "")];
  };
  const [left, late, old] = [await make("Left"), await make("Late"), await make("Old")];
  for (const { token } of [left, late, old]) expect((await ask(token)).status).toBe(200);

  await revokeToken(owner, { tokenId: left.tokenId });
  expect(await said(left)).toEqual([401, `was revoked on ${today}.`]);

  const expiresAt = new Date("2026-01-02T03:04:05Z");
  await prisma().token.updateMany({ where: { orgId: org.id, id: late.tokenId }, data: { expiresAt } });
  expect(await said(late)).toEqual([401, "expired on 2 January 2026; create a new one under Provisioning."]);

  const rotated = await rotateToken(owner, { tokenId: old.tokenId, overlap: "0", expires: "1y" });
  expect(await said(old)).toEqual([401, `was replaced on ${today}; its overlap ended on ${today}, use the new token.`]);
  if (!rotated.ok) throw new Error(rotated.reason);
  expect((await ask(rotated.value.token)).status).toBe(200);

  await prisma().organization.update({ where: { id: org.id }, data: { suspended: true } });
  expect(await said(rotated.value)).toEqual([401, "belongs to a suspended organization."]);
  await prisma().directory.deleteMany({ where: { orgId: org.id } });
  expect(await said(rotated.value)).toEqual([401, "belongs to a directory that was deleted."]);
});

test("DF-30: a valid token of a directory that is off or paused is 403, a revoked one still 401", async () => {
  const { org, owner, connectionId, directoryId, token } = await makeDirectory();
  const detail = "Provisioning is switched off for connection 'Okta' in Gatehouse. Nothing was changed.";
  const paused = (value: boolean) =>
    prisma().directory.updateMany({ where: { orgId: org.id, id: directoryId }, data: { paused: value } });
  await paused(true);
  expect((await ask(token)).body).toMatchObject({ status: "403", detail: expect.stringContaining(detail) });
  await paused(false);
  expect((await ask(token)).status).toBe(200);
  await disableDirectory(owner, { connectionId });
  expect((await ask(token)).body).toMatchObject({ status: "403", detail: expect.stringContaining(detail) });
  const { id } = await prisma().token.findFirstOrThrow({ where: { orgId: org.id } });
  await revokeToken(owner, { tokenId: id });
  expect((await ask(token)).status).toBe(401);
});

test("FD-12: a token opens its own directory only, and no other credential opens it", async () => {
  const [ours, theirs] = [await makeDirectory(), await makeDirectory()];
  const body = { userName: `ann@${ours.org.domain}`, emails: [{ value: `ann@${ours.org.domain}` }] };
  const { id } = (await ours.send("POST", "/Users", body)).body;
  expect((await theirs.send("GET", `/Users/${id}`)).status).toBe(404);
  expect((await theirs.send("GET", "/Users")).body.totalResults).toBe(0);
  const member = await makeUser(await makeOrganization());
  expect((await ask(`Bearer ${member.id}`)).status).toBe(401);
});

test("AV-14: refused tokens of a directory stand in its log with the reason; unknown ones in nobody's", async () => {
  const { org, owner, directoryId, token } = await makeDirectory();
  const { id: tokenId } = await prisma().token.findFirstOrThrow({ where: { orgId: org.id } });
  const made = await createToken(owner, { directoryId, name: "Old", expires: "1y" });
  if (!made.ok) throw new Error(made.reason);
  await revokeToken(owner, { tokenId: made.value.tokenId });
  await ask(token.slice(0, 30));
  await ask(made.value.token);
  await ask(scimTokenOf(crypto.getRandomValues(new Uint8Array(32))));
  await ask("Bearer nonsense");
  const rows = await exchangesOf(org);
  const told = rows.map((row) => [row.tokenId, row.tokenName, (row.detail as { refusedToken?: string }).refusedToken]);
  expect(told.sort()).toEqual(
    [
      [tokenId, "Okta", "cut"],
      [made.value.tokenId, "Old", "revoked"],
    ].sort(),
  );
  expect(JSON.stringify(rows)).not.toContain(token.slice(8, 20));
});

test("FD-12: first use is told with address and client; within a minute nothing is written again", async () => {
  const { org, token } = await makeDirectory();
  const used = () => prisma().token.findFirstOrThrow({ where: { orgId: org.id } });
  await ask(token, { "user-agent": "Okta SCIM Client 1.0.0", "x-gatehouse-socket": "192.0.2.7" });
  const first = await vi.waitFor(async () => {
    const row = await used();
    expect(row).toMatchObject({ lastUsedAddress: "192.0.2.7", lastUsedAgent: "Okta SCIM Client 1.0.0" });
    return row;
  });
  const again = { clientAddress: "192.0.2.8", userAgent: "x".repeat(1_000) };
  await touchToken({ orgId: org.id, id: first.id }, again);
  expect(await used()).toEqual(first);
  const lastUsedAt = new Date(Date.now() - 61_000);
  await prisma().token.updateMany({ where: { orgId: org.id, id: first.id }, data: { lastUsedAt } });
  await touchToken({ orgId: org.id, id: first.id }, again);
  expect(await used()).toMatchObject({ lastUsedAddress: "192.0.2.8", lastUsedAgent: "x".repeat(256) });
});

test("60 wrong tokens a minute from one IPv6 network, then 429 with whole seconds; a right token from it goes on", async () => {
  const { token } = await makeDirectory();
  const from = (last: number) => ({ "x-gatehouse-socket": `2001:db8:1:2::${last.toString(16)}` });
  for (let index = 1; index <= 60; index++) expect((await ask("Bearer wrong", from(index))).status).toBe(401);
  const limited = await ask("Bearer wrong", from(61));
  expect(limited.status).toBe(429);
  expect(limited.headers.get("retry-after")).toMatch(/^[1-9]\d?$/);
  expect((await ask(token, from(62))).status).toBe(200);
  expect((await ask("Bearer wrong", { "x-gatehouse-socket": "2001:db8:1:3::1" })).status).toBe(401);
});

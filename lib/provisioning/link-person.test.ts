import { sha256 } from "lib/base/crypto";
import { prisma } from "lib/base/prisma";
import { enableDirectory } from "lib/directories/enable-directory";
import { askForReset } from "lib/sign-in/use-link";
import { ensureOwner } from "lib/users/ensure-owner";
import { expect, test } from "vitest";
import { eventsOf, makeDomain, makeSession, makeUser, scopeOfActor, type TestOrganization } from "vitest/fixtures";
import { formOf } from "vitest/form";
import { makeConnection, makeDirectory, oktaUser, sendScim } from "vitest/scim-fixtures";
import { changeSettings } from "vitest/settings";

const accountOf = (org: TestOrganization, id: string) =>
  prisma().user.findFirstOrThrow({ where: { orgId: org.id, id } });

const makeIdentity = (org: TestOrganization, connectionId: string, userId: string, subject: string) =>
  prisma().identity.create({ data: { orgId: org.id, connectionId, userId, subject, nameId: subject } });

test("FX-20, DG-11: a person with that e-mail is linked: same account, role and sessions, their password ends", async () => {
  const { org, send, connectionId } = await makeDirectory();
  const email = `ann@${org.domain}`;
  const user = await makeUser(org, { email, role: "admin", passwordHash: "hash" });
  await makeSession(org, user.id);
  const reply = await send("POST", "/Users", oktaUser(email.toUpperCase()));
  expect(reply.status).toBe(201);
  const linked = await accountOf(org, user.id);
  expect(linked).toMatchObject({ source: "scim", role: "admin", status: "active", passwordHash: null, connectionId });
  expect(await prisma().session.count({ where: { orgId: org.id, userId: user.id } })).toBe(1);
  expect(await prisma().user.count({ where: { orgId: org.id, emailLower: email } })).toBe(1);
  const event = (await eventsOf(org)).find(({ action }) => action === "scim.user_created");
  expect(event).toMatchObject({ targetId: user.id, payload: { linked: true } });
});

test("an owner who is linked stays owner and keeps the password", async () => {
  const { org, send } = await makeDirectory();
  const email = `owner@${org.domain}`;
  const user = await makeUser(org, { email, role: "owner", passwordHash: "hash" });
  await send("POST", "/Users", oktaUser(email, { roles: [{ value: "viewer" }] }));
  expect(await accountOf(org, user.id)).toMatchObject({ role: "owner", passwordHash: "hash", source: "scim" });
});

test("A-18: a linked owner whose address the directory changes gets no reset mail at the new one, until it is theirs again", async () => {
  const { org, send } = await makeDirectory();
  changeSettings({ SMTP_URL: "smtp://127.0.0.1:1", MAIL_FROM: "gatehouse@acme.example" });
  const [proved, other] = [`boss@${org.domain}`, `eve@${org.domain}`];
  const owner = await makeUser(org, { email: proved, role: "owner", passwordHash: "hash" });
  const { id } = (await send("POST", "/Users", oktaUser(proved))).body;
  const linksAfterReset = async (email: string) => {
    await (await askForReset(formOf(), { email })).afterwards?.();
    return prisma().oneTimeLink.count({ where: { orgId: org.id, targetId: owner.id, revokedAt: null } });
  };
  await send("PUT", `/Users/${id}`, oktaUser(other));
  expect(await accountOf(org, owner.id)).toMatchObject({ emailLower: other, passwordHash: "hash", role: "owner" });
  expect(await linksAfterReset(other)).toBe(0);
  await send("PUT", `/Users/${id}`, oktaUser(`third@${org.domain}`));
  expect(await linksAfterReset(`third@${org.domain}`)).toBe(0);
  await send("PUT", `/Users/${id}`, oktaUser(proved));
  expect(await linksAfterReset(proved)).toBe(1);
});

test("A-07: an owner whom an operator made active again keeps the role when the directory sends them anew", async () => {
  const { org, send } = await makeDirectory();
  const email = `boss@${org.domain}`;
  const { id } = (await send("POST", "/Users", oktaUser(email))).body;
  const byOperator = async () => {
    await ensureOwner(scopeOfActor(org, "owner", { kind: "cli", id: "cli", name: "Operator" }), { email });
    await prisma().user.updateMany({
      where: { orgId: org.id, role: "owner", emailLower: { not: email } },
      data: { role: "member" },
    });
  };
  const { userId } = await prisma().directoryUser.findFirstOrThrow({ where: { orgId: org.id, id } });
  await send("PUT", `/Users/${id}`, oktaUser(email, { active: false }));
  await byOperator();
  await send("PUT", `/Users/${id}`, oktaUser(email));
  expect(await accountOf(org, userId)).toMatchObject({ role: "owner", status: "active" });
  await prisma().user.updateMany({ where: { orgId: org.id, id: userId }, data: { role: "member" } });
  expect((await send("DELETE", `/Users/${id}`)).status).toBe(204);
  await byOperator();
  expect((await send("POST", "/Users", oktaUser(email))).status).toBe(201);
  expect(await accountOf(org, userId)).toMatchObject({ role: "owner", status: "active" });
});

test("DF-21: an unaccepted invitation is voided by the link and gives no owner", async () => {
  const { org, send } = await makeDirectory();
  const email = `new@${org.domain}`;
  const user = await makeUser(org, { email, role: "owner", status: "invited" });
  const link = { orgId: org.id, kind: "invite", targetId: user.id, expiresAt: new Date(Date.now() + 1e6) };
  await prisma().oneTimeLink.create({ data: { hash: sha256(email), ...link } });
  await send("POST", "/Users", oktaUser(email));
  expect(await accountOf(org, user.id)).toMatchObject({ role: "member", status: "active", source: "scim" });
  const kept = await prisma().oneTimeLink.findFirstOrThrow({ where: { orgId: org.id, targetId: user.id } });
  expect(kept.revokedAt).not.toBeNull();
});

test("whoever was deactivated in the console is linked and stays out: the deactivation becomes a block", async () => {
  const { org, send } = await makeDirectory();
  const email = `gone@${org.domain}`;
  const user = await makeUser(org, { email, status: "deactivated" });
  const data = { deactivatedBy: "Bo Boss" };
  await prisma().user.updateMany({ where: { orgId: org.id, id: user.id }, data });
  const reply = await send("POST", "/Users", oktaUser(email));
  expect([reply.status, reply.body.active]).toEqual([201, true]);
  const account = await accountOf(org, user.id);
  expect(account).toMatchObject({ status: "active", blockedByName: "Bo Boss" });
  expect(account.blockedAt).not.toBeNull();
  await send("PUT", `/Users/${reply.body.id}`, { ...reply.body, active: false });
  await send("PUT", `/Users/${reply.body.id}`, { ...reply.body, active: true });
  expect((await accountOf(org, user.id)).blockedAt).not.toBeNull();
});

test("userName of one person and e-mail of another: 409 naming both, nothing changed", async () => {
  const { org, send } = await makeDirectory();
  const [one, two] = [`one@${org.domain}`, `two@${org.domain}`];
  await makeUser(org, { email: one, name: "One" });
  await makeUser(org, { email: two, name: "Two" });
  const reply = await send("POST", "/Users", oktaUser(one, { emails: [{ value: two, primary: true }] }));
  expect(reply).toMatchObject({ status: 409, body: { scimType: "uniqueness" } });
  expect(reply.body.detail).toContain("One");
  expect(reply.body.detail).toContain("Two");
  expect(await prisma().directoryUser.count({ where: { orgId: org.id } })).toBe(0);
});

test("userName, e-mail and externalId of a person of this directory are a 409 with their id, active or not", async () => {
  const { org, send } = await makeDirectory();
  const first = (await send("POST", "/Users", oktaUser(`ann@${org.domain}`, { externalId: "00u1", active: false })))
    .body;
  const other = `else@${org.domain}`;
  const bodies = [
    oktaUser(`ANN@${org.domain}`, { externalId: "00u2", emails: [{ value: other, primary: true }] }),
    oktaUser(other, { externalId: "00u2", emails: [{ value: `Ann@${org.domain}`, primary: true }] }),
    oktaUser(other, { externalId: "00u1" }),
  ];
  for (const body of bodies) {
    const reply = await send("POST", "/Users", body);
    expect(reply).toMatchObject({ status: 409, body: { scimType: "uniqueness" } });
    expect(reply.body.detail).toContain(`already exists in this directory (id ${first.id}).`);
  }
  const second = (await send("POST", "/Users", oktaUser(other))).body;
  const taken = await send("PUT", `/Users/${second.id}`, oktaUser(`ann@${org.domain}`, { externalId: "00u9" }));
  expect(taken.status).toBe(409);
  expect((await send("GET", `/Users/${second.id}`)).body).toEqual(second);
});

test("DF-32, DG-4: without any e-mail or outside the linked domains a person is refused with what to change", async () => {
  const { org, send } = await makeDirectory();
  const cases: [Record<string, unknown>, string][] = [
    [{ userName: "annlee" }, "No e-mail address was sent. Set Application username format to Email"],
    [oktaUser("ann@other.example"), "other.example is not a verified domain of this connection; verify and link it"],
    [
      oktaUser("ann@other.example", { emails: [{ value: `ann@${org.domain}`, primary: true }] }),
      "other.example is not",
    ],
    [{ emails: [{ value: `ann@${org.domain}` }] }, "userName is required."],
  ];
  for (const [body, sentence] of cases) {
    const reply = await send("POST", "/Users", body);
    expect(reply).toMatchObject({ status: 400, body: { scimType: "invalidValue" } });
    expect(reply.body.detail).toContain(sentence);
  }
  const opaque = await send("POST", "/Users", oktaUser("annlee", { emails: [{ value: `ann@${org.domain}` }] }));
  expect(opaque.status).toBe(201);
});

test("a lapsed domain still deactivates, and only what changes is checked", async () => {
  const { org, send } = await makeDirectory();
  const created = (await send("POST", "/Users", oktaUser(`ann@${org.domain}`))).body;
  await prisma().domainClaim.deleteMany({ where: { orgId: org.id } });
  expect((await send("PUT", `/Users/${created.id}`, { ...created, active: false, title: "Lead" })).status).toBe(200);
  const renamed = await send("PUT", `/Users/${created.id}`, { ...created, userName: `new@${org.domain}` });
  expect(renamed.status).toBe(400);
});

test("DG-19: a rename keeps the person; their address-shaped identity moves along, a stranger's retires, links die", async () => {
  const { org, send, connectionId } = await makeDirectory();
  const [before, after] = [`ann@${org.domain}`, `lee@${org.domain}`];
  const created = (await send("POST", "/Users", oktaUser(before))).body;
  const user = await prisma().user.findFirstOrThrow({ where: { orgId: org.id, emailLower: before } });
  const stranger = await makeUser(org);
  await makeIdentity(org, connectionId, user.id, before);
  await makeIdentity(org, connectionId, stranger.id, after);
  await makeSession(org, user.id);
  const link = { orgId: org.id, kind: "reset", targetId: user.id, expiresAt: new Date(Date.now() + 1e6) };
  await prisma().oneTimeLink.create({ data: { hash: sha256(before), ...link } });
  const reply = await send("PUT", `/Users/${created.id}`, { ...created, userName: after, emails: [{ value: after }] });
  expect(reply.status).toBe(200);
  expect(await accountOf(org, user.id)).toMatchObject({ email: after, emailLower: after });
  const identities = await prisma().identity.findMany({ where: { orgId: org.id } });
  expect(identities).toMatchObject([{ userId: user.id, subject: after }]);
  expect(await prisma().session.count({ where: { orgId: org.id, userId: user.id } })).toBe(1);
  const kept = await prisma().oneTimeLink.findFirstOrThrow({ where: { orgId: org.id, targetId: user.id } });
  expect(kept.revokedAt).not.toBeNull();
  const taken = await makeUser(org, { email: `taken@${org.domain}` });
  const refused = await send("PATCH", `/Users/${created.id}`, {
    Operations: [{ op: "replace", path: "emails", value: [{ value: taken.email }] }],
  });
  expect(refused).toMatchObject({ status: 409, body: { scimType: "uniqueness" } });
  expect(refused.body.detail).toContain("already belongs to another person of this organization");
});

test("FD-1: a person follows their domain to another connection's directory", async () => {
  const { org, send, owner } = await makeDirectory();
  const email = `ann@${org.domain}`;
  const first = (await send("POST", "/Users", oktaUser(email))).body;
  const connectionId = await makeConnection(org, "Second");
  await makeDomain(org, connectionId, `second-${org.domain}`);
  const enabled = await enableDirectory(owner, { connectionId, keepJit: true, firstToken: true });
  const token = enabled.ok ? enabled.value.token?.token : undefined;
  if (!token) throw new Error("no token");
  expect((await sendScim("POST", "/Users", oktaUser(email), { token })).status).toBe(400);
  const data = { connectionId };
  await prisma().domainClaim.updateMany({ where: { orgId: org.id, name: org.domain }, data });
  const moved = await sendScim("POST", "/Users", oktaUser(email), { token });
  expect(moved.status).toBe(201);
  expect((await send("GET", `/Users/${first.id}`)).status).toBe(404);
  const account = await prisma().user.findFirstOrThrow({ where: { orgId: org.id, emailLower: email } });
  expect(account).toMatchObject({ connectionId, status: "active" });
});

test("50 parallel POSTs of one userName, letter case varied: one 201 and 49 x 409, one row", async () => {
  const { org, send, directoryId } = await makeDirectory();
  const address = `same@${org.domain}`;
  const replies = await Promise.all(
    Array.from({ length: 50 }, (_, index) => {
      const userName = index % 2 ? address : address.toUpperCase();
      return send("POST", "/Users", oktaUser(userName, { externalId: `00u${index}` }));
    }),
  );
  const statuses = replies.map(({ status }) => status).sort();
  expect(statuses).toEqual([201, ...Array(49).fill(409)]);
  expect(await prisma().directoryUser.count({ where: { orgId: org.id } })).toBe(1);
  expect(await prisma().user.count({ where: { orgId: org.id, emailLower: address } })).toBe(1);
  const where = { orgId: org.id, directoryId, kind: "users" };
  const counted = await prisma().directoryCounter.aggregate({ where, _sum: { total: true } });
  expect(counted._sum.total).toBe(1);
}, 60_000);

test("two PATCHes of different attributes of one user at once both survive", async () => {
  const { org, send } = await makeDirectory();
  const { id } = (await send("POST", "/Users", oktaUser(`ann@${org.domain}`))).body;
  const set = (path: string, value: string) =>
    send("PATCH", `/Users/${id}`, { Operations: [{ op: "replace", path, value }] });
  const replies = await Promise.all([set("title", "Lead"), set("nickName", "Annie"), set("userType", "Staff")]);
  expect(replies.map(({ status }) => status)).toEqual([200, 200, 200]);
  expect((await send("GET", `/Users/${id}`)).body).toMatchObject({
    title: "Lead",
    nickName: "Annie",
    userType: "Staff",
  });
});

test("If-Match of another version is a 412 and changes nothing; If-None-Match of this one a 304", async () => {
  const { org, send } = await makeDirectory();
  const created = (await send("POST", "/Users", oktaUser(`ann@${org.domain}`))).body;
  const headers = (name: string, value: string) => ({ headers: { [name]: value } });
  const path = `/Users/${created.id}`;
  for (const method of ["PUT", "PATCH", "DELETE"] as const) {
    const body = method === "DELETE" ? undefined : { ...created, Operations: [], title: "x" };
    expect((await send(method, path, body, headers("if-match", 'W/"9"'))).status).toBe(412);
  }
  expect((await send("GET", path, undefined, headers("if-none-match", 'W/"1"'))).status).toBe(304);
  expect((await send("PUT", path, { ...created, title: "x" }, headers("if-match", 'W/"1"'))).headers.get("etag")).toBe(
    'W/"2"',
  );
});

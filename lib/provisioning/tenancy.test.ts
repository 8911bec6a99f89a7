import { newId } from "lib/base/crypto";
import { prisma } from "lib/base/prisma";
import { enableDirectory } from "lib/directories/enable-directory";
import { expect, test } from "vitest";
import { makeDomain } from "vitest/fixtures";
import { makeConnection, makeDirectory, oktaUser, sendScim } from "vitest/scim-fixtures";

test("DG-3, FD-12: with another organization's token every id of ours is unknown, and ours is unchanged", async () => {
  const [ours, theirs] = [await makeDirectory("Acme"), await makeDirectory("Evil")];
  const user = (await ours.send("POST", "/Users", oktaUser(`ann@${ours.org.domain}`, { externalId: "00u1" }))).body;
  const group = (await ours.send("POST", "/Groups", { displayName: "Ops", members: [{ value: user.id }] })).body;
  const operations = { Operations: [{ op: "replace", value: { active: false, displayName: "Taken" } }] };
  for (const [kind, id] of [
    ["Users", user.id],
    ["Groups", group.id],
  ]) {
    const bodies = [
      ["GET", undefined],
      ["PUT", kind === "Users" ? oktaUser(`eve@${theirs.org.domain}`) : { displayName: "Taken" }],
      ["PATCH", operations],
      ["DELETE", undefined],
    ] as const;
    for (const [method, body] of bodies) {
      const reply = await theirs.send(method, `/${kind}/${id}`, body);
      const invented = newId();
      const nothing = await theirs.send(method, `/${kind}/${invented}`, body);
      expect(reply.status, `${method} ${kind}`).toBe(404);
      const plain = (text: string) => text.replace(/\(ref .*\)/, "");
      expect(plain(reply.body.detail)).toBe(plain(nothing.body.detail).replace(invented, id));
    }
  }
  for (const filter of [
    `id eq "${user.id}"`,
    'externalId eq "00u1"',
    `userName eq "ann@${ours.org.domain}"`,
    `groups eq "${group.id}"`,
  ]) {
    const found = await theirs.send("GET", `/Users?filter=${encodeURIComponent(filter)}`);
    expect([found.status, found.body.totalResults], filter).toEqual([200, 0]);
  }
  for (const filter of [`id eq "${group.id}"`, `members eq "${user.id}"`, 'displayName eq "Ops"']) {
    const found = await theirs.send("GET", `/Groups?filter=${encodeURIComponent(filter)}`);
    expect([found.status, found.body.totalResults], filter).toEqual([200, 0]);
  }
  const member = await theirs.send("POST", "/Groups", { displayName: "Ops", members: [{ value: user.id }] });
  expect([member.status, member.body.scimType]).toEqual([400, "invalidValue"]);
  expect((await theirs.send("GET", "/Users")).body.totalResults).toBe(0);
  expect((await ours.send("GET", `/Users/${user.id}`)).body).toMatchObject({ active: true, displayName: "Ann Lee" });
  expect((await ours.send("GET", `/Groups/${group.id}`)).body).toEqual(group);
});

test("an address of another organization is neither looked at nor taken", async () => {
  const [ours, theirs] = [await makeDirectory("Acme"), await makeDirectory("Evil")];
  const email = `ann@${ours.org.domain}`;
  await ours.send("POST", "/Users", oktaUser(email));
  const reply = await theirs.send("POST", "/Users", oktaUser(email));
  expect(reply.status).toBe(400);
  expect(reply.body.detail).toContain("is not a verified domain of this connection");
  const invented = await theirs.send("POST", "/Users", oktaUser("ann@nobody.example"));
  expect(invented.body.detail.replace("nobody.example", ours.org.domain).slice(0, 60)).toBe(
    reply.body.detail.slice(0, 60),
  );
});

test("FD-1: two connections of one organization see each their own people and groups only", async () => {
  const { org, send, owner } = await makeDirectory();
  const { id } = (await send("POST", "/Users", oktaUser(`ann@${org.domain}`))).body;
  const group = (await send("POST", "/Groups", { displayName: "Ops", members: [{ value: id }] })).body;
  const connectionId = await makeConnection(org, "Second");
  await makeDomain(org, connectionId, `second-${org.domain}`);
  const enabled = await enableDirectory(owner, { connectionId, keepJit: true, firstToken: true });
  const token = enabled.ok ? enabled.value.token?.token : undefined;
  if (!token) throw new Error("no token");
  for (const path of [`/Users/${id}`, `/Groups/${group.id}`]) {
    expect((await sendScim("GET", path, undefined, { token })).status).toBe(404);
    expect((await sendScim("DELETE", path, undefined, { token })).status).toBe(404);
  }
  for (const list of ["/Users", "/Groups", `/Groups?filter=${encodeURIComponent(`members eq "${id}"`)}`]) {
    expect((await sendScim("GET", list, undefined, { token })).body.totalResults).toBe(0);
  }
  const second = await sendScim("POST", "/Groups", { displayName: "Ops" }, { token });
  expect(second.status).toBe(201);
  expect((await send("GET", "/Groups")).body.totalResults).toBe(1);
});

function signal() {
  let give = () => {};
  const given = new Promise<void>((resolve) => {
    give = resolve;
  });
  return { give, given };
}

test("T-13: a directory that is deleted during a request makes it 429 to Okta and the next one 401, never a 500", async () => {
  const { org, send, directoryId } = await makeDirectory();
  const [deleted, mayCommit] = [signal(), signal()];
  const deleting = prisma().$transaction(async (tx) => {
    await tx.directory.deleteMany({ where: { orgId: org.id, id: directoryId } });
    deleted.give();
    await mayCommit.given;
  });
  await deleted.given;
  const isWaiting = async () =>
    (await prisma().$queryRaw<unknown[]>`SELECT 1 FROM pg_locks WHERE NOT granted`).length > 0;
  const writing = [
    send("POST", "/Users", oktaUser(`ann@${org.domain}`)),
    send("POST", "/Groups", { displayName: "Ops" }),
  ];
  await expect.poll(isWaiting).toBe(true);
  mayCommit.give();
  await deleting;
  for (const reply of await Promise.all(writing)) expect([401, 429]).toContain(reply.status);
  expect((await send("GET", "/Users")).status).toBe(401);
  expect(await prisma().user.count({ where: { orgId: org.id, source: "scim" } })).toBe(0);
});

test("ids, roles and read-only attributes of a body grant and name nothing", async () => {
  const { org, send, owner } = await makeDirectory();
  const ownerId = owner.actor.id;
  const body = oktaUser(`eve@${org.domain}`, {
    id: ownerId,
    userId: ownerId,
    externalId: ownerId,
    meta: { version: 'W/"99"', created: "2001-01-01T00:00:00Z" },
    roles: [{ value: "owner" }],
    isAdmin: true,
    userType: "admin",
  });
  const reply = await send("POST", "/Users", body);
  expect(reply.body.id).not.toBe(ownerId);
  expect(reply.body.meta.version).toBe('W/"1"');
  const account = await prisma().user.findFirstOrThrow({ where: { orgId: org.id, emailLower: `eve@${org.domain}` } });
  expect(account.role).toBe("member");
  expect(account.id).not.toBe(ownerId);
  await send("POST", "/Groups", { displayName: "Owners", members: [{ value: reply.body.id }] });
  expect((await prisma().user.findFirstOrThrow({ where: { orgId: org.id, id: account.id } })).role).toBe("member");
});

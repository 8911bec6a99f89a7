import { randomToken, sha256 } from "lib/base/crypto";
import { prisma } from "lib/base/prisma";
import { expect, test } from "vitest";
import {
  eventsOf,
  makeCertificateRow,
  makeConnection,
  makeDirectory,
  makeDomain,
  makeOrganization,
  makeSession,
  makeUser,
  ownerScope,
  scopeOfActor,
} from "vitest/fixtures";
import { makeLocalGroup } from "vitest/group-fixtures";
import { holdOpen, waiting } from "vitest/races";
import { makeDirectory as makeScimDirectory, oktaUser } from "vitest/scim-fixtures";
import { deleteConnection } from "./delete-connection";
import { findImpact } from "./find-impact";
import { writeRecord } from "./jackson";
import { readConnection } from "./queries";
import { resolveConnection } from "./resolve-connection";

async function setUp() {
  const org = await makeOrganization();
  const orgId = org.id;
  const connection = await makeConnection(org, { name: "Okta SSO" });
  const { id } = connection;
  await makeDomain(org, id);
  await makeCertificateRow(org, id);
  const directory = await makeDirectory(org, id);
  const managed = await makeUser(org, { connectionId: id, source: "scim" });
  const manual = await makeUser(org);
  for (const user of [managed, manual]) {
    const subject = user.emailLower;
    await prisma().identity.create({ data: { orgId, connectionId: id, userId: user.id, subject, nameId: user.email } });
    await makeSession(org, user.id, id);
    await makeSession(org, user.id);
  }
  await prisma().directoryUser.create({
    data: {
      orgId,
      directoryId: directory.id,
      userId: managed.id,
      userName: managed.email,
      userNameKey: managed.emailLower,
      workEmailKey: managed.emailLower,
      active: true,
      document: {},
    },
  });
  await prisma().group.create({
    data: { orgId, directoryId: directory.id, displayName: "All", displayNameKey: "all" },
  });
  await prisma().token.create({
    data: { orgId, directoryId: directory.id, name: "okta", head: "abcdef", tail: "wxyz", createdByName: "x" },
  });
  await prisma().pendingSignIn.create({
    data: {
      orgId,
      connectionId: id,
      versionNumber: 1,
      kind: "sign-in",
      relayHash: sha256(randomToken()),
      stateHash: sha256(randomToken()),
      requestId: "_1",
      destination: "",
      challenge: "",
      returnPath: "/",
      expiresAt: new Date(Date.now() + 600_000),
    },
  });
  return { org, id, managed, manual, scope: await ownerScope(org) };
}

const input = (connectionId: string, users: "manual" | "deactivate" = "manual") => ({
  connectionId,
  confirmation: "Okta SSO",
  users,
});

test("FD-23: it goes with identities, sign-ins under way, directory and sessions; people stay as manual ones", async () => {
  const { org, id, managed, manual, scope } = await setUp();
  const impact = await findImpact(scope, id);
  expect(impact).toEqual({ people: 2, users: 1, sessions: 2, identities: 2, groups: 1, tokens: 1, provisioning: true });
  const outcome = await deleteConnection(scope, input(id));
  const numbers = { users: 1, identities: 2, sessionsEnded: 2, groups: 1, tokens: 1 };
  expect(outcome).toEqual({ ok: true, value: numbers });

  const where = { orgId: org.id };
  const left = await Promise.all([
    prisma().connection.count({ where }),
    prisma().connectionKey.count({ where }),
    prisma().connectionVersion.count({ where }),
    prisma().certificate.count({ where }),
    prisma().identity.count({ where }),
    prisma().pendingSignIn.count({ where }),
    prisma().directory.count({ where }),
    prisma().directoryUser.count({ where }),
  ]);
  expect(left).toEqual([0, 0, 0, 0, 0, 0, 0, 0]);
  expect(await prisma().domainClaim.findUnique({ where: { name: org.domain } })).toMatchObject({ connectionId: null });
  expect(await prisma().domain.findFirst({ where })).toMatchObject({ status: "verified", connectionId: null });
  const person = await prisma().user.findFirst({ where: { ...where, id: managed.id } });
  expect(person).toMatchObject({ source: "manual", status: "active", connectionId: null });
  for (const user of [managed, manual])
    expect(await prisma().session.count({ where: { ...where, userId: user.id } })).toBe(1);
  const events = await eventsOf(org);
  expect(events.map(({ action }) => action)).toEqual(["connection.deleted"]);
  expect(events[0]?.payload).toEqual({ name: "Okta SSO", fate: "manual", ...numbers });
});

test("FD-23: or its people are deactivated, with every access; others keep theirs", async () => {
  const { org, id, managed, manual, scope } = await setUp();
  const where = { orgId: org.id };
  const link = { hash: sha256(randomToken()), ...where, kind: "reset", targetId: managed.id };
  await prisma().oneTimeLink.create({ data: { ...link, expiresAt: new Date(Date.now() + 600_000) } });
  expect(await deleteConnection(scope, input(id, "deactivate"))).toMatchObject({
    value: { users: 1, sessionsEnded: 3 },
  });
  expect(await prisma().user.findFirst({ where: { ...where, id: managed.id } })).toMatchObject({
    status: "deactivated",
    deactivatedBy: scope.actor.name,
    connectionId: null,
  });
  expect(await prisma().session.count({ where: { ...where, userId: managed.id } })).toBe(0);
  expect((await prisma().oneTimeLink.findUnique({ where: { hash: link.hash } }))?.revokedAt).not.toBeNull();
  expect(await prisma().user.findFirst({ where: { ...where, id: manual.id } })).toMatchObject({ status: "active" });
});

test("FD-23: the last owner is not deactivated with it, and then nothing happens", async () => {
  const { org, id } = await setUp();
  await prisma().user.updateMany({ where: { orgId: org.id, role: "owner" }, data: { connectionId: id } });
  const scope = scopeOfActor(org, "owner", { kind: "cli", id: "cli", name: "cli" });
  expect(await deleteConnection(scope, input(id, "deactivate"))).toMatchObject({ reason: "last_owner" });
  expect(await prisma().identity.count({ where: { orgId: org.id } })).toBe(2);
  expect(await eventsOf(org)).toEqual([]);
});

test("FD-23: the name must be typed as it is", async () => {
  const { id, scope } = await setUp();
  expect(await deleteConnection(scope, { ...input(id), confirmation: "okta" })).toMatchObject({
    reason: "confirmation_differs",
    facts: { name: "Okta SSO" },
  });
  expect(await readConnection(scope, id)).not.toBeNull();
});

test("FD-23: Jackson's record ends with it", async () => {
  const { id, scope } = await setUp();
  const connection = await resolveConnection(id);
  if (!connection) throw new Error("it is there");
  await writeRecord(connection);
  const records = () => prisma().jacksonStore.count({ where: { namespace: "saml:config" } });
  const before = await records();
  expect(before).toBeGreaterThan(0);
  await deleteConnection(scope, input(id));
  expect(await records()).toBe(before - 1);
});

test("FD-1: another connection of the organization keeps everything", async () => {
  const { org, id, scope } = await setUp();
  const other = await makeConnection(org, { name: "Other" });
  await makeDirectory(org, other.id);
  await makeDomain(org, other.id, `other.${org.domain}`);
  const user = await makeUser(org, { connectionId: other.id, source: "scim" });
  await makeSession(org, user.id, other.id);
  await deleteConnection(scope, input(id, "deactivate"));
  expect(await findImpact(scope, other.id)).toMatchObject({ people: 1, users: 1, sessions: 1, provisioning: true });
  expect((await readConnection(scope, other.id))?.domains).toHaveLength(1);
});

test("another organization's connection answers like one that does not exist", async () => {
  const { id, scope } = await setUp();
  const stranger = await ownerScope(await makeOrganization());
  expect(await deleteConnection(stranger, input(id))).toMatchObject({ reason: "not_found" });
  expect(await readConnection(scope, id)).not.toBeNull();
  expect(await readConnection(stranger, id)).toBeNull();
});

test("FD-23, DG-14: its groups stay as local ones, with members, mapping and everybody's role; a taken name says whence", async () => {
  const { org, id, managed, scope } = await setUp();
  const orgId = org.id;
  const group = await prisma().group.findFirstOrThrow({ where: { orgId } });
  const record = await prisma().directoryUser.findFirstOrThrow({ where: { orgId, userId: managed.id } });
  await prisma().group.updateMany({ where: { orgId }, data: { role: "admin", externalId: "00g1" } });
  const data = { orgId, groupId: group.id, directoryUserId: record.id };
  await prisma().groupMember.create({ data });
  await prisma().user.updateMany({ where: { orgId, id: managed.id }, data: { role: "admin", ownRole: "viewer" } });
  const namesake = await makeLocalGroup(org, "ALL");
  expect(await deleteConnection(scope, input(id))).toMatchObject({ ok: true, value: { groups: 1 } });
  const groups = await prisma().group.findMany({ where: { orgId }, orderBy: { localNameKey: "asc" } });
  expect(groups).toMatchObject([
    { id: namesake.id, displayName: "ALL" },
    { id: group.id, directoryId: null, displayName: "All (Okta SSO)", localNameKey: "all (okta sso)", role: "admin" },
  ]);
  const members = await prisma().localMember.findMany({ where: { orgId } });
  expect(members).toEqual([{ orgId, groupId: group.id, userId: managed.id }]);
  const person = await prisma().user.findFirst({ where: { orgId, id: managed.id } });
  expect(person).toMatchObject({ source: "manual", role: "admin", ownRole: "viewer" });
  const left = await prisma().deletedResource.count({ where: { orgId } });
  expect(left + (await prisma().directoryCounter.count({ where: { orgId } }))).toBe(0);
});

test("FD-23: a push under way while the connection goes is in the local group or refused, never half", async () => {
  const { org, connectionId, owner, send } = await makeScimDirectory();
  const ids: string[] = [];
  for (let index = 0; index < 4; index++) {
    ids.push((await send("POST", "/Users", oktaUser(`p${index}@${org.domain}`))).body.id);
  }
  const group = (await send("POST", "/Groups", { displayName: "Ops" })).body.id;
  await prisma().group.updateMany({ where: { orgId: org.id }, data: { role: "admin" } });
  const add = (value: string) => ({ Operations: [{ op: "add", path: "members", value: [{ value }] }] });
  const [deleted, ...replies] = await Promise.all([
    deleteConnection(owner, { connectionId, confirmation: "Okta", users: "manual" }),
    ...ids.map((one) => send("PATCH", `/Groups/${group}`, add(one))),
  ]);
  expect(deleted).toMatchObject({ ok: true });
  const added = replies.filter(({ status }) => status === 204).length;
  expect(await prisma().localMember.count({ where: { orgId: org.id, groupId: group } })).toBe(added);
  expect(await prisma().user.count({ where: { orgId: org.id, role: "admin", ownRole: "member" } })).toBe(added);
  expect(replies.every(({ status }) => status < 500 || status === 503)).toBe(true);
});

test("FD-23: a group whose push is answered while the connection goes is kept as a local one", async () => {
  const { org, connectionId, directoryId, owner, send } = await makeScimDirectory();
  const keys = { orgId: org.id, directoryId, kind: "groups", total: 0 };
  // The push has made its group and waits to count it.
  const counting = await holdOpen((tx) =>
    tx.directoryCounter.createMany({ data: Array.from({ length: 16 }, (_, slot) => ({ ...keys, slot })) }),
  );
  const pushing = send("POST", "/Groups", { displayName: "Ops" });
  await waiting();
  const deleting = deleteConnection(owner, { connectionId, confirmation: "Okta", users: "manual" });
  await waiting(2);
  await counting.commit();
  expect(await pushing).toMatchObject({ status: 201 });
  expect(await deleting).toMatchObject({ ok: true, value: { groups: 1 } });
  expect(await prisma().group.findMany({ where: { orgId: org.id } })).toMatchObject([{ displayName: "Ops" }]);
});

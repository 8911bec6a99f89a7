import { prisma } from "lib/base/prisma";
import { convertEverybody } from "lib/directories/convert-everybody";
import { disableDirectory } from "lib/directories/disable-directory";
import { enableDirectory } from "lib/directories/enable-directory";
import { mapRole } from "lib/groups/map-role";
import { deactivateUser } from "lib/users/deactivate-user";
import { expect, test } from "vitest";
import { everythingOf } from "vitest/action-world";
import { eventsOf, makeOrganization, makeSession, makeUser, ownerScope, scopeFor } from "vitest/fixtures";
import { makeLocalGroup } from "vitest/group-fixtures";
import { holdOpen, waiting } from "vitest/races";
import { enterpriseUrn, makeDirectory, oktaUser } from "vitest/scim-fixtures";
import { blockUser } from "./block-user";
import { convertUsers } from "./convert-users";
import { updateProfile } from "./update-profile";

/** A directory with pushed people of these names, in one pushed group. */
async function makePeople(...names: string[]) {
  const directory = await makeDirectory();
  const { org, owner, connectionId, send } = directory;
  const emailOf = (name: string) => `${name}@${org.domain}`;
  const accountOf = (name: string) =>
    prisma().user.findFirstOrThrow({ where: { orgId: org.id, emailLower: emailOf(name) } });
  const ids: Record<string, string> = {};
  const profile = { title: "Lead", [enterpriseUrn]: { department: "Engines", manager: { displayName: "Charles" } } };
  for (const name of names) ids[name] = (await send("POST", "/Users", oktaUser(emailOf(name), profile))).body.id;
  const members = Object.values(ids).map((value) => ({ value }));
  const group = (await send("POST", "/Groups", { displayName: "Staff", members })).body.id as string;
  const totals = async () => {
    const where = { orgId: org.id, directoryId: directory.directoryId };
    const rows = await prisma().directoryCounter.groupBy({ by: ["kind"], where, _sum: { total: true } });
    return Object.fromEntries(rows.map(({ kind, _sum }) => [kind, _sum.total]));
  };
  const off = () => disableDirectory(owner, { connectionId });
  const on = () => enableDirectory(owner, { connectionId, keepJit: true, firstToken: false });
  return { ...directory, ids, group, emailOf, accountOf, totals, off, on };
}

test("DF-39, DG-13: switched off people stay as they are; one converted keeps id, role and history, and is editable", async () => {
  const { org, owner, accountOf, connectionId, totals, off, ids } = await makePeople("ann", "bo");
  const ann = await accountOf("ann");
  await prisma().identity.create({
    data: { orgId: org.id, connectionId, userId: ann.id, subject: "ann", nameId: "ann" },
  });
  await makeSession(org, ann.id);
  const edit = { userId: ann.id, email: ann.email, firstName: "Anna", lastName: "Lee" };
  const before = await everythingOf(org);
  expect(await convertUsers(owner, { userIds: [ann.id] })).toMatchObject({ reason: "still_synchronized" });
  expect(await everythingOf(org)).toEqual(before);
  await off();
  expect(await accountOf("ann")).toEqual(ann);
  expect(await updateProfile(owner, { ...edit, version: ann.version })).toMatchObject({ reason: "managed_by_idp" });

  expect(await convertUsers(owner, { userIds: [ann.id] })).toMatchObject({
    ok: true,
    value: { users: 1, refused: [] },
  });
  const free = await accountOf("ann");
  expect(free).toMatchObject({ id: ann.id, role: ann.role, status: "active", source: "manual", connectionId: null });
  expect(free.profile).toEqual({ jobTitle: "Lead", department: "Engines", manager: "Charles", locale: "en-US" });
  expect(await updateProfile(owner, { ...edit, version: free.version })).toMatchObject({ ok: true });
  expect(await prisma().identity.count({ where: { orgId: org.id, userId: ann.id } })).toBe(1);
  expect(await prisma().session.count({ where: { orgId: org.id, userId: ann.id } })).toBe(1);
  expect(await prisma().directoryUser.findMany({ where: { orgId: org.id } })).toMatchObject([{ id: ids.bo }]);
  expect(await prisma().deletedResource.findMany({ where: { orgId: org.id } })).toMatchObject([{ id: ids.ann }]);
  expect(await totals()).toMatchObject({ users: 1, groups: 1 });
  expect((await accountOf("bo")).source).toBe("scim");
  const [event, ...more] = (await eventsOf(org)).filter(({ action }) => action === "user.converted");
  expect(event).toMatchObject({ targetId: ann.id, payload: { users: [ann.id], passwordsErased: 0 } });
  expect(more).toEqual([]);
});

test("DF-39: of many, those who cannot be converted are listed with the reason and the others are", async () => {
  const { org, owner, accountOf, off } = await makePeople("ann", "bo", "cy");
  const [ann, bo, cy] = [await accountOf("ann"), await accountOf("bo"), await accountOf("cy")];
  await prisma().user.updateMany({ where: { orgId: org.id, id: cy.id }, data: { role: "owner" } });
  const other = await makePeople("dan");
  const stranger = await other.accountOf("dan");
  await off();
  await other.off();
  const admin = await scopeFor(org, "admin");
  const userIds = [ann.id, bo.id, cy.id, stranger.id];
  expect(await convertUsers(admin, { userIds })).toMatchObject({
    ok: true,
    value: { users: 2, refused: [{ id: cy.id, why: "Only owners change owners." }] },
  });
  expect((await other.accountOf("dan")).source).toBe("scim");
  const events = (await eventsOf(org)).filter(({ action }) => action === "user.converted");
  expect(events.map(({ payload }) => payload)).toEqual([{ users: [ann.id, bo.id].sort(), passwordsErased: 0 }]);
  expect(await convertUsers(owner, { userIds: [cy.id] })).toMatchObject({ ok: true, value: { users: 1 } });
  expect(await accountOf("cy")).toMatchObject({ source: "manual", role: "owner" });
  expect(await convertUsers(owner, { userIds: [stranger.id] })).toMatchObject({ ok: false, reason: "not_found" });
});

test("DF-39: a role that a pushed group gave stays with whoever is converted alone, and ends for nobody else", async () => {
  const { org, owner, group, accountOf, off } = await makePeople("ann", "bo");
  const { version } = await prisma().group.findFirstOrThrow({ where: { orgId: org.id, id: group } });
  const mapped = await mapRole(owner, { groupId: group, version, role: "admin", rolesChanged: 2 });
  expect(mapped).toMatchObject({ ok: true });
  await off();
  const { id } = await accountOf("ann");
  await convertUsers(owner, { userIds: [id] });
  expect(await accountOf("ann")).toMatchObject({ role: "admin", ownRole: null, source: "manual" });
  expect(await accountOf("bo")).toMatchObject({ role: "admin", ownRole: "member", source: "scim" });
});

test("DF-39: everybody at once: groups become local with their members, records become tombstones, one event", async () => {
  const { org, owner, connectionId, group, accountOf, totals, off } = await makePeople("ann", "bo");
  const before = await everythingOf(org);
  expect(await convertEverybody(owner, { connectionId })).toMatchObject({ reason: "still_synchronized" });
  expect(await everythingOf(org)).toEqual(before);
  await off();
  expect(await convertEverybody(owner, { connectionId })).toEqual({
    ok: true,
    value: { users: 2, groups: 1, passwordsErased: 0 },
  });
  const [ann, bo] = [await accountOf("ann"), await accountOf("bo")];
  expect([ann.source, bo.source, ann.connectionId]).toEqual(["manual", "manual", null]);
  expect(await prisma().group.findFirstOrThrow({ where: { orgId: org.id, id: group } })).toMatchObject({
    directoryId: null,
    displayName: "Staff",
  });
  const members = await prisma().localMember.findMany({ where: { orgId: org.id, groupId: group } });
  expect(members.map(({ userId }) => userId).sort()).toEqual([ann.id, bo.id].sort());
  expect(await prisma().directoryUser.count({ where: { orgId: org.id } })).toBe(0);
  expect(await totals()).toEqual({ users: 0, groups: 0 });
  expect((await eventsOf(org)).filter(({ action }) => action === "directory.converted")).toHaveLength(1);
  const stranger = await ownerScope(await makeOrganization("Evil"));
  expect(await convertEverybody(stranger, { connectionId })).toMatchObject({ ok: false, reason: "not_found" });
});

test("DF-39, DG-11: switched on again, the next push links the same people: nobody is doubled", async () => {
  const { org, owner, connectionId, emailOf, accountOf, ids, off, on, send } = await makePeople("ann", "bo");
  const [ann, bo] = [await accountOf("ann"), await accountOf("bo")];
  await send("PATCH", `/Users/${ids.bo}`, { Operations: [{ op: "replace", value: { active: false } }] });
  await off();
  await convertEverybody(owner, { connectionId });
  await on();
  expect((await send("GET", `/Users/${ids.ann}`)).status).toBe(404);
  expect((await send("GET", "/Users")).body.totalResults).toBe(0);
  const again = await send("POST", "/Users", oktaUser(emailOf("ann")));
  expect(again.status).toBe(201);
  expect(again.body.id).not.toBe(ids.ann);
  expect(await accountOf("ann")).toMatchObject({ id: ann.id, source: "scim", connectionId, status: "active" });
  // The directory deactivated bo, so it may take that back.
  await send("POST", "/Users", oktaUser(emailOf("bo")));
  expect(await accountOf("bo")).toMatchObject({ id: bo.id, status: "active", blockedAt: null });
  expect(await prisma().user.count({ where: { orgId: org.id, connectionId } })).toBe(2);
  expect((await send("GET", "/Users")).body.totalResults).toBe(2);
});

test("AV-20, DF-39: a block outlives the conversion as a deactivation by hand, and comes back with the directory", async () => {
  const { owner, emailOf, accountOf, off, on, send } = await makePeople("ann");
  const { id } = await accountOf("ann");
  await blockUser(owner, { userId: id });
  await off();
  await convertUsers(owner, { userIds: [id] });
  const converted = await accountOf("ann");
  expect(converted).toMatchObject({ status: "deactivated", blockedAt: null, deactivatedBy: owner.actor.name });
  await on();
  await send("POST", "/Users", oktaUser(emailOf("ann")));
  expect(await accountOf("ann")).toMatchObject({ status: "active", blockedByName: owner.actor.name });
  expect((await accountOf("ann")).blockedAt).not.toBeNull();
});

test("a manual person is none to convert", async () => {
  const org = await makeOrganization();
  const owner = await ownerScope(org);
  const { id } = await makeUser(org);
  expect(await convertUsers(owner, { userIds: [id] })).toMatchObject({ ok: false, reason: "not_found" });
  expect(await deactivateUser(owner, { userId: id })).toMatchObject({ ok: true });
});

test("DF-39: whoever comes into a local group while being converted keeps the role to go back to", async () => {
  const { org, owner, accountOf, off } = await makePeople("ann");
  const orgId = org.id;
  const { id } = await accountOf("ann");
  await off();
  const group = await makeLocalGroup(org, "Admins", { role: "admin" });
  const joining = await holdOpen(async (tx) => {
    await tx.localMember.create({ data: { orgId, groupId: group.id, userId: id } });
    await tx.user.updateMany({ where: { orgId, id }, data: { role: "admin", ownRole: "member" } });
  });
  const converting = convertUsers(owner, { userIds: [id] });
  await waiting();
  await joining.commit();
  expect(await converting).toMatchObject({ ok: true });
  expect(await accountOf("ann")).toMatchObject({ source: "manual", role: "admin", ownRole: "member" });
});

test("DF-39: nobody is converted whose directory is switched on at that moment", async () => {
  const { org, owner, connectionId, accountOf, off } = await makePeople("ann");
  const { id } = await accountOf("ann");
  await off();
  const switching = await holdOpen((tx) =>
    tx.directory.updateMany({ where: { orgId: org.id, connectionId }, data: { enabled: true } }),
  );
  const converting = convertUsers(owner, { userIds: [id] });
  await waiting();
  await switching.commit();
  expect(await converting).toMatchObject({ ok: false, reason: "still_synchronized" });
  expect((await accountOf("ann")).source).toBe("scim");
});

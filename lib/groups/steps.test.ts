import { done, type WriteClient, write } from "lib/audit/write";
import { prisma } from "lib/base/prisma";
import type { OrgScope } from "lib/scope/scope";
import { expect, test } from "vitest";
import { makeOrganization, makeUser, ownerScope } from "vitest/fixtures";
import { makeLocalGroup, makeMember, makeSyncedGroup } from "vitest/group-fixtures";
import { convertGroups, releaseFromGroups } from "./steps";

const inOne = async <T>(scope: OrgScope, work: (tx: WriteClient) => Promise<T>): Promise<T> => {
  const outcome = await write(scope, async (tx) => {
    const value = await work(tx);
    return done("session.ended", { kind: "user", id: scope.orgId, name: "x" }, { sessions: 0 }, value);
  });
  if (!outcome.ok) throw new Error(outcome.reason);
  return outcome.value;
};

async function setUp() {
  const org = await makeOrganization();
  const scope = await ownerScope(org);
  const standing = async (id: string) => {
    const { role, ownRole } = await prisma().user.findFirstOrThrow({ where: { orgId: org.id, id } });
    return [role, ownRole];
  };
  return { org, scope, orgId: org.id, standing };
}

test("V-1: a released person leaves every local group and has the default role, but for what the directory's groups give", async () => {
  const { org, orgId, scope, standing } = await setUp();
  const synced = await makeSyncedGroup(org, "Synced", { role: "viewer" });
  const ann = await makeMember(org, synced.directoryId ?? "", [synced.id], { role: "admin" });
  const bob = await makeUser(org, { role: "owner" });
  const local = await makeLocalGroup(org, "Local", { role: "admin" }, [ann.id, bob.id]);
  const other = await makeLocalGroup(org, "Other", {}, [ann.id]);
  await prisma().user.updateMany({ where: { orgId, id: ann.id }, data: { role: "admin", ownRole: "admin" } });
  expect(await inOne(scope, (tx) => releaseFromGroups(tx, scope, ann.id))).toEqual({ groupsLeft: 2 });
  expect(await standing(ann.id)).toEqual(["viewer", "member"]);
  expect(await inOne(scope, (tx) => releaseFromGroups(tx, scope, bob.id, "viewer"))).toEqual({ groupsLeft: 1 });
  expect(await standing(bob.id)).toEqual(["viewer", null]);
  expect(await prisma().localMember.count({ where: { orgId } })).toBe(0);
  const versions = await prisma().group.findMany({ where: { orgId, directoryId: null }, orderBy: { id: "asc" } });
  expect(versions.map(({ id, version }) => [id, version])).toEqual([
    [local.id, 3],
    [other.id, 2],
  ]);
});

test("DG-14: all groups of a directory become local ones, under names that nobody else has; only some where asked", async () => {
  const { org, orgId, scope } = await setUp();
  const eng = await makeSyncedGroup(org, "Eng");
  const directoryId = eng.directoryId ?? "";
  const connection = await prisma().connection.findFirstOrThrow({ where: { orgId } });
  const suffixed = `Eng (${connection.name})`;
  // Its own group has the name that the first one would get.
  const own = await makeSyncedGroup(org, suffixed, { directoryId });
  const ops = await makeSyncedGroup(org, "Ops", { directoryId, role: "member" });
  const elsewhere = await makeSyncedGroup(org, "Eng");
  await makeLocalGroup(org, "eng");
  const ann = await makeMember(org, directoryId, [eng.id, ops.id]);
  await makeMember(org, directoryId, [ops.id]);
  expect(await inOne(scope, (tx) => convertGroups(tx, scope, directoryId, [ops.id]))).toEqual([
    { id: ops.id, name: "Ops" },
  ]);
  expect(await inOne(scope, (tx) => convertGroups(tx, scope, directoryId))).toEqual([
    { id: eng.id, name: `Eng (${connection.name} 2)` },
    { id: own.id, name: suffixed },
  ]);
  expect(await inOne(scope, (tx) => convertGroups(tx, scope, directoryId))).toEqual([]);
  expect(await prisma().localMember.count({ where: { orgId, userId: ann.id } })).toBe(2);
  expect(await prisma().localMember.count({ where: { orgId, groupId: ops.id } })).toBe(2);
  const left = await prisma().group.findMany({ where: { orgId, directoryId: { not: null } } });
  expect(left.map(({ id }) => id)).toEqual([elsewhere.id]);
  expect(await prisma().deletedResource.count({ where: { orgId, directoryId } })).toBe(3);
});

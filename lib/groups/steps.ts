import "server-only";
import type { WriteClient } from "lib/audit/write";
import type { OrgScope } from "lib/scope/scope";

export type GroupKey = { id: string; directoryId: string };

/** keep: what stands stays; else `add` is the whole list. No id is in both lists. */
export type MemberLists = { keep: boolean; add: string[]; remove: string[] };

export type MembersApplied = {
  added: number;
  removed: number;
  /** Ids that this directory once had: left out, so that one deleted person blocks no push (FX-18). */
  gone: string[];
  /** Ids that it never had: the caller refuses, which rolls everything back. */
  unknown: string[];
};

const chunkSize = 10_000;

const chunksOf = (ids: string[]): string[][] =>
  Array.from({ length: Math.ceil(ids.length / chunkSize) }, (_, index) =>
    ids.slice(index * chunkSize, (index + 1) * chunkSize),
  );

/**
 * Changes a group's members by set statements, ids sorted, in chunks; what stands is never read. The ids are
 * well-formed; the caller holds the group's lock (lock order: groups, then users by id).
 */
export async function applyMembers(
  tx: WriteClient,
  scope: OrgScope,
  group: GroupKey,
  { keep, add, remove }: MemberLists,
): Promise<MembersApplied> {
  const wanted = await sortMembers(tx, scope, group, [...add].sort());
  if (wanted.unknown.length > 0) return { added: 0, removed: 0, ...wanted };
  const { users, groups, gone, unknown } = wanted;
  const { orgId } = scope;
  let removed = 0;
  if (!keep) removed = await removeOthers(tx, scope, group, users, groups);
  else if (remove.length > 0) removed = await removeThese(tx, scope, group, remove);
  let added = 0;
  for (const chunk of chunksOf(users)) {
    added += await tx.$executeRaw`
      INSERT INTO "GroupMember" ("orgId", "groupId", "directoryUserId")
      SELECT ${orgId}::uuid, ${group.id}::uuid, id FROM unnest(${chunk}::uuid[]) AS wanted(id)
      ON CONFLICT DO NOTHING`;
  }
  if (groups.length > 0) {
    const children = groups.map((childId) => ({ orgId, groupId: group.id, childId }));
    added += (await tx.groupNesting.createMany({ data: children, skipDuplicates: true })).count;
  }
  return { added, removed, gone, unknown };
}

async function removeOthers(tx: WriteClient, scope: OrgScope, group: GroupKey, users: string[], groups: string[]) {
  const others = await tx.$executeRaw`
    DELETE FROM "GroupMember" m
     WHERE m."orgId" = ${scope.orgId}::uuid AND m."groupId" = ${group.id}::uuid
       AND NOT EXISTS (SELECT 1 FROM unnest(${users}::uuid[]) AS wanted(id) WHERE wanted.id = m."directoryUserId")`;
  const nested = await tx.groupNesting.deleteMany({
    where: { orgId: scope.orgId, groupId: group.id, childId: { notIn: groups } },
  });
  return others + nested.count;
}

async function removeThese(tx: WriteClient, scope: OrgScope, group: GroupKey, ids: string[]) {
  const users = await tx.$executeRaw`
    DELETE FROM "GroupMember"
     WHERE "orgId" = ${scope.orgId}::uuid AND "groupId" = ${group.id}::uuid
       AND "directoryUserId" = ANY(${ids}::uuid[])`;
  if (users === ids.length) return users;
  const nested = await tx.$executeRaw`
    DELETE FROM "GroupNesting"
     WHERE "orgId" = ${scope.orgId}::uuid AND "groupId" = ${group.id}::uuid AND "childId" = ANY(${ids}::uuid[])`;
  return users + nested;
}

/** Tells users, groups, tombstones and strangers apart; the users are locked, so that none is deleted meanwhile. */
async function sortMembers(tx: WriteClient, scope: OrgScope, group: GroupKey, ids: string[]) {
  const { orgId } = scope;
  const { directoryId } = group;
  let missing: string[] = [];
  for (const chunk of chunksOf(ids)) {
    const strangers = await tx.$queryRaw<{ id: string }[]>`
      WITH present AS (
        SELECT id FROM "DirectoryUser"
         WHERE "orgId" = ${orgId}::uuid AND "directoryId" = ${directoryId}::uuid AND id = ANY(${chunk}::uuid[])
         ORDER BY id FOR KEY SHARE)
      SELECT wanted.id FROM unnest(${chunk}::uuid[]) AS wanted(id)
       WHERE wanted.id NOT IN (SELECT id FROM present)`;
    missing = missing.concat(strangers.map(({ id }) => id));
  }
  if (missing.length === 0) return { users: ids, groups: [], gone: [], unknown: [] };
  const where = { orgId, directoryId, id: { in: missing } };
  const nested = await tx.group.findMany({ where, select: { id: true } });
  const deleted = await tx.deletedResource.findMany({ where, select: { id: true } });
  const groups = nested.map(({ id }) => id).filter((id) => id !== group.id);
  const gone = deleted.map(({ id }) => id);
  const strange = new Set(missing);
  const unknown = missing.filter((id) => !groups.includes(id) && !gone.includes(id));
  return { users: ids.filter((id) => !strange.has(id)), groups, gone, unknown };
}

/** Counts the versions of groups on that lost a member by itself; the last statement of its write. */
export async function bumpGroups(tx: WriteClient, scope: OrgScope, groupIds: string[]): Promise<void> {
  if (groupIds.length === 0) return;
  await tx.$executeRaw`
    UPDATE "Group" SET version = version + 1, "updatedAt" = now()
     WHERE "orgId" = ${scope.orgId}::uuid
       AND id IN (SELECT id FROM "Group" WHERE "orgId" = ${scope.orgId}::uuid AND id = ANY(${groupIds}::uuid[])
                   ORDER BY id FOR NO KEY UPDATE)`;
}

/**
 * Holds a group for the rest of the transaction. Who only adds and takes away members shares it, so that such changes
 * run side by side; who replaces, renames, removes, or changes the role it gives has it `alone`. Several: by id. The
 * lock is an advisory one: each new member takes FOR KEY SHARE on the group's row, and a rename waiting for those
 * holders would deadlock with their own update of the version.
 */
export async function lockGroup(tx: WriteClient, scope: OrgScope, groupId: string, alone: boolean): Promise<void> {
  const key = `${scope.orgId}/${groupId}`;
  // A statement of its own: the next one then sees what the earlier holder committed.
  await (alone
    ? tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${key}, 0))`
    : tx.$executeRaw`SELECT pg_advisory_xact_lock_shared(hashtextextended(${key}, 0))`);
}

/** True where one of these groups gives its members a role. Ask after `lockGroup`: a mapping waits for memberships. */
export async function givesRole(tx: WriteClient, scope: OrgScope, groupIds: string[]): Promise<boolean> {
  if (groupIds.length === 0) return false;
  const where = { orgId: scope.orgId, id: { in: groupIds }, role: { not: null } };
  return (await tx.group.findFirst({ where, select: { id: true } })) !== null;
}

/** The people in these groups, each once, for `applyRoles` after the groups are gone. */
export async function peopleOf(tx: WriteClient, scope: OrgScope, groupIds: string[]): Promise<string[]> {
  const [row] = await tx.$queryRaw<{ ids: string | null }[]>`
    SELECT string_agg(DISTINCT p.id::text, ' ') AS ids FROM (
      SELECT (SELECT r."userId" FROM "DirectoryUser" r WHERE r."orgId" = m."orgId" AND r.id = m."directoryUserId") AS id
        FROM "GroupMember" m WHERE m."orgId" = ${scope.orgId}::uuid AND m."groupId" = ANY(${groupIds}::uuid[])
       UNION ALL
      SELECT l."userId" FROM "LocalMember" l
       WHERE l."orgId" = ${scope.orgId}::uuid AND l."groupId" = ANY(${groupIds}::uuid[])) p`;
  return row?.ids ? row.ids.split(" ") : [];
}

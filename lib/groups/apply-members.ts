import "server-only";
import type { WriteClient } from "lib/audit/write";
import { plannedFor } from "lib/base/statement-name";
import type { OrgScope } from "lib/scope/scope";
import { Prisma } from "prisma/client/client";

export type GroupKey = { id: string; directoryId: string };

/** keep: what stands stays; else `add` is the whole list. No id is in both lists. */
export type MemberLists = { keep: boolean; add: string[]; remove: string[] };

export type MembersApplied = {
  added: number;
  removed: number;
  /** The accounts of those who came or went; empty where they were not asked for. */
  people: string[];
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

/** Whoever came or went, counted, and their accounts as text where they are asked for: one row, however many. */
type Touched = { total: number; people: string | null };

const noted = (withPeople: boolean) => Prisma.sql`
  SELECT count(*)::int AS total, CASE WHEN ${withPeople} THEN string_agg(
    (SELECT r."userId"::text FROM "DirectoryUser" r WHERE r."orgId" = t."orgId" AND r.id = t."directoryUserId"), ' ')
    END AS people FROM touched t`;

/**
 * Changes a group's members by set statements, ids sorted, in chunks; what stands is never read. The ids are
 * well-formed; the caller holds the group's lock (lock order: groups, then users by id). `withPeople`: the accounts
 * of those who came or went are answered, for a group that gives a role.
 */
export async function applyMembers(
  tx: WriteClient,
  scope: OrgScope,
  group: GroupKey,
  { keep, add, remove }: MemberLists,
  withPeople: boolean,
): Promise<MembersApplied> {
  const wanted = await sortMembers(tx, scope, group, [...add].sort());
  if (wanted.unknown.length > 0) return { added: 0, removed: 0, people: [], ...wanted };
  const { users, groups, gone, unknown } = wanted;
  const { orgId } = scope;
  const of = noted(withPeople);
  const people: string[] = [];
  const sum = ([row]: Touched[]) => {
    if (row?.people) people.push(...row.people.split(" "));
    return row?.total ?? 0;
  };
  let removed = 0;
  if (!keep) {
    removed = sum(await removeOthers(tx, scope, group, users, of));
    removed += await unnestOthers(tx, scope, group, groups);
  } else if (remove.length > 0) {
    removed = sum(await removeThese(tx, scope, group, remove, of));
    if (removed < remove.length) removed += await unnestThese(tx, scope, group, remove);
  }
  let added = 0;
  for (const chunk of chunksOf(users)) {
    added += sum(
      await tx.$queryRaw<Touched[]>`
        WITH touched AS (
          INSERT INTO "GroupMember" ("orgId", "groupId", "directoryUserId")
          SELECT ${orgId}::uuid, ${group.id}::uuid, id FROM unnest(${chunk}::uuid[]) AS wanted(id) ${plannedFor(chunk)}
          ON CONFLICT DO NOTHING RETURNING "orgId", "directoryUserId")
        ${of}`,
    );
  }
  if (groups.length > 0) {
    const children = groups.map((childId) => ({ orgId, groupId: group.id, childId }));
    added += (await tx.groupNesting.createMany({ data: children, skipDuplicates: true })).count;
  }
  return { added, removed, people, gone, unknown };
}

const removeOthers = (tx: WriteClient, scope: OrgScope, group: GroupKey, users: string[], of: Prisma.Sql) =>
  tx.$queryRaw<Touched[]>`
    WITH touched AS (
      DELETE FROM "GroupMember" m
       WHERE m."orgId" = ${scope.orgId}::uuid AND m."groupId" = ${group.id}::uuid ${plannedFor(users)}
         AND NOT EXISTS (SELECT 1 FROM unnest(${users}::uuid[]) AS wanted(id) WHERE wanted.id = m."directoryUserId")
      RETURNING m."orgId", m."directoryUserId")
    ${of}`;

const removeThese = (tx: WriteClient, scope: OrgScope, group: GroupKey, ids: string[], of: Prisma.Sql) =>
  tx.$queryRaw<Touched[]>`
    WITH touched AS (
      DELETE FROM "GroupMember"
       WHERE "orgId" = ${scope.orgId}::uuid AND "groupId" = ${group.id}::uuid
         AND "directoryUserId" = ANY(${ids}::uuid[]) ${plannedFor(ids)}
      RETURNING "orgId", "directoryUserId")
    ${of}`;

const unnestOthers = async (tx: WriteClient, scope: OrgScope, group: GroupKey, groups: string[]) => {
  const where = { orgId: scope.orgId, groupId: group.id, childId: { notIn: groups } };
  return (await tx.groupNesting.deleteMany({ where })).count;
};

const unnestThese = (tx: WriteClient, scope: OrgScope, group: GroupKey, ids: string[]) =>
  tx.$executeRaw`
    DELETE FROM "GroupNesting"
     WHERE "orgId" = ${scope.orgId}::uuid AND "groupId" = ${group.id}::uuid AND "childId" = ANY(${ids}::uuid[])`;

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
         ${plannedFor(chunk)} ORDER BY id FOR KEY SHARE)
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
  const known = new Set([...groups, ...gone]);
  const unknown = missing.filter((id) => !known.has(id));
  return { users: ids.filter((id) => !strange.has(id)), groups, gone, unknown };
}

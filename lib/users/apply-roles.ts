import "server-only";
import type { WriteClient } from "lib/audit/write";
import { plannedAnew, plannedFor } from "lib/base/statement-name";
import { givenRoles } from "lib/groups/schema";
import type { OrgScope } from "lib/scope/scope";
import { Prisma } from "prisma/client/client";

const ranked = Prisma.sql`${givenRoles}::"Role"[]`;

/** The place of a role in `givenRoles`, from 1; null for null. */
export const rankOf = (role: Prisma.Sql): Prisma.Sql => Prisma.sql`array_position(${ranked}, ${role})`;

/** The role at such a place; null for null. */
export const roleAt = (rank: Prisma.Sql): Prisma.Sql => Prisma.sql`(${ranked})[${rank}]`;

// Sub-selects on keys: before a new table's first ANALYZE a join may be planned as a product of all. The index of the
// few groups that give a role is the cheapest one then, too.
const rankOfGroup = rankOf(
  Prisma.sql`(SELECT g.role FROM "Group" g WHERE g."orgId" = m."orgId" AND g.id = m."groupId" AND g.role IS NOT NULL)`,
);

/** The best rank that the groups of "User" u give, but for those of `without`; null where none gives a role. */
export const rankGiven = (without: string[] = []): Prisma.Sql => {
  const counts = without.length > 0 ? Prisma.sql`AND m."groupId" <> ALL(${without}::uuid[])` : Prisma.empty;
  return Prisma.sql`
    (SELECT min(given.rank) FROM (
       SELECT ${rankOfGroup} AS rank FROM "GroupMember" m
        WHERE m."orgId" = u."orgId" ${counts} AND m."directoryUserId" =
              (SELECT r.id FROM "DirectoryUser" r WHERE r."orgId" = u."orgId" AND r."userId" = u.id)
       UNION ALL
       SELECT ${rankOfGroup} FROM "LocalMember" m
        WHERE m."orgId" = u."orgId" ${counts} AND m."userId" = u.id) given)`;
};

const chunkSize = 10_000;

/**
 * Gives people the highest role of the groups that have them, or their own one back; owners stay owners. Call it in
 * the transaction that changed a membership or a mapping, after the change, where a touched group gives a role
 * (`givesRole`) or gave one. `{ groupId }`: everybody in the group now. Answers how many roles are other ones now.
 */
export async function applyRoles(
  tx: WriteClient,
  scope: OrgScope,
  whom: { userIds: string[] } | { groupId: string },
): Promise<{ changed: number }> {
  const people = "groupId" in whom ? await readPeople(tx, scope, whom.groupId) : [...new Set(whom.userIds)];
  const userIds = people.sort();
  let changed = 0;
  for (let at = 0; at < userIds.length; at += chunkSize) {
    changed += await applyTo(tx, scope, userIds.slice(at, at + chunkSize));
  }
  return { changed };
}

/** One text of all ids: rows by the ten thousand cost more than the statement. */
async function readPeople(tx: WriteClient, scope: OrgScope, groupId: string): Promise<string[]> {
  const [row] = await tx.$queryRaw<{ ids: string | null }[]>`
    SELECT string_agg(people.id::text, ' ') AS ids FROM (${peopleOfGroup(scope, groupId)}) people(id)`;
  return row?.ids ? row.ids.split(" ") : [];
}

export const peopleOfGroup = ({ orgId }: OrgScope, groupId: string) => Prisma.sql`
  SELECT (SELECT r."userId" FROM "DirectoryUser" r WHERE r."orgId" = m."orgId" AND r.id = m."directoryUserId")
    FROM "GroupMember" m WHERE m."orgId" = ${orgId}::uuid AND m."groupId" = ${groupId}::uuid ${plannedAnew}
   UNION ALL
  SELECT l."userId" FROM "LocalMember" l WHERE l."orgId" = ${orgId}::uuid AND l."groupId" = ${groupId}::uuid`;

/**
 * Locks the people first (in the order of their ids, owners too: one may cease to be one meanwhile) and looks by a
 * statement of its own then: of several changes at once the last one to come here sees what all the others committed.
 */
async function applyTo(tx: WriteClient, { orgId }: OrgScope, ids: string[]): Promise<number> {
  const them = Prisma.sql`u."orgId" = ${orgId}::uuid AND u.id = ANY(${ids}::uuid[]) ${plannedFor(ids)}`;
  await tx.$executeRaw`
    WITH held AS (SELECT u.id FROM "User" u WHERE ${them} ORDER BY u.id FOR NO KEY UPDATE)
    SELECT count(*) FROM held`;
  const [row] = await tx.$queryRaw<{ changed: number }[]>`
    WITH person AS MATERIALIZED (
      SELECT u.id, u.role, u."ownRole", ${roleAt(rankGiven())} AS given FROM "User" u WHERE ${them} AND u.role <> 'owner'),
    due AS (
      SELECT id, role AS before, coalesce(given, "ownRole", role) AS role,
             CASE WHEN given IS NOT NULL THEN coalesce("ownRole", role) END AS "ownRole"
        FROM person),
    written AS (
      UPDATE "User" u SET role = due.role, "ownRole" = due."ownRole", version = u.version + 1, "updatedAt" = now()
        FROM due
       WHERE u."orgId" = ${orgId}::uuid AND u.id = due.id
         AND (u.role, u."ownRole") IS DISTINCT FROM (due.role, due."ownRole")
      RETURNING due.role <> due.before AS moved)
    SELECT count(*) FILTER (WHERE moved)::int AS changed FROM written`;
  return row?.changed ?? 0;
}

/** The group that a person has the present role from; null where it is their own. */
export async function readRoleGiver(tx: WriteClient, { orgId }: OrgScope, userId: string): Promise<string | null> {
  const [group] = await tx.$queryRaw<{ name: string }[]>`
    SELECT g."displayName" AS name FROM "Group" g, "User" u
     WHERE g."orgId" = ${orgId}::uuid AND g.role IS NOT NULL AND u."orgId" = ${orgId}::uuid AND u.id = ${userId}::uuid
       AND (EXISTS (SELECT 1 FROM "LocalMember" l
                     WHERE l."orgId" = g."orgId" AND l."groupId" = g.id AND l."userId" = u.id)
         OR EXISTS (SELECT 1 FROM "GroupMember" m
                     WHERE m."orgId" = g."orgId" AND m."groupId" = g.id AND m."directoryUserId" =
                           (SELECT r.id FROM "DirectoryUser" r WHERE r."orgId" = u."orgId" AND r."userId" = u.id)))
     ORDER BY ${rankOf(Prisma.sql`g.role`)}, g."displayNameKey" LIMIT 1`;
  return group?.name ?? null;
}

import "server-only";
import type { WriteClient } from "lib/audit/write";
import { plannedAnew } from "lib/base/statement-name";
import { countAll } from "lib/directories/steps";
import { foldKey } from "lib/protocol/scim/fold";
import type { OrgScope } from "lib/scope/scope";
import { applyRoles } from "lib/users/apply-roles";
import { endOwnPassword } from "lib/users/password-steps";
import { Prisma } from "prisma/client/client";
import type { GivenRole } from "./schema";

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
        FROM "GroupMember" m WHERE m."orgId" = ${scope.orgId}::uuid AND m."groupId" = ANY(${groupIds}::uuid[]) ${plannedAnew}
       UNION ALL
      SELECT l."userId" FROM "LocalMember" l
       WHERE l."orgId" = ${scope.orgId}::uuid AND l."groupId" = ANY(${groupIds}::uuid[])) p`;
  return row?.ids ? row.ids.split(" ") : [];
}

/**
 * What V-1 calls release, and what a kept account is taken up again without (V-2): the local groups go, and the role
 * is `role`, an owner's too, until a group gives another. Answers how many groups were left.
 */
export async function releaseFromGroups(
  tx: WriteClient,
  scope: OrgScope,
  userId: string,
  role: GivenRole = "member",
): Promise<{ groupsLeft: number }> {
  const where = { orgId: scope.orgId, userId };
  const memberships = await tx.localMember.findMany({ where, select: { groupId: true } });
  const groupIds = memberships.map(({ groupId }) => groupId);
  await tx.localMember.deleteMany({ where: { ...where, groupId: { in: groupIds } } });
  await tx.user.updateMany({
    where: { orgId: scope.orgId, id: userId },
    data: { role, ownRole: null, version: { increment: 1 } },
  });
  await endOwnPassword(tx, scope, userId);
  await applyRoles(tx, scope, { userIds: [userId] });
  await bumpGroups(tx, scope, groupIds);
  return { groupsLeft: groupIds.length };
}

/**
 * Makes local groups of a directory's, with the members they have now (nested groups give nobody anything and go), so
 * that all roles stay. A name that a local group has gets the connection's in brackets. All of the directory, or
 * `only` these. Answers them under their new names.
 */
export async function convertGroups(
  tx: WriteClient,
  scope: OrgScope,
  directoryId: string,
  only?: string[],
): Promise<{ id: string; name: string }[]> {
  const { orgId } = scope;
  const some = only ? Prisma.sql`AND id = ANY(${only}::uuid[])` : Prisma.empty;
  // Waits for memberships under way: what they add is found below.
  const groups = await tx.$queryRaw<Named[]>`
    SELECT id, "displayName" AS name, "displayNameKey" AS key FROM "Group"
     WHERE "orgId" = ${orgId}::uuid AND "directoryId" = ${directoryId}::uuid ${some} ORDER BY id FOR UPDATE`;
  if (groups.length === 0) return [];
  const named = await withFreeNames(tx, scope, directoryId, groups);
  const ids = groups.map(({ id }) => id);
  await tx.$executeRaw`
    UPDATE "Group" g
       SET "directoryId" = NULL, "externalId" = NULL, document = '{}', "displayName" = named.name,
           "displayNameKey" = named.key, "localNameKey" = named.key, version = version + 1, "updatedAt" = now()
      FROM unnest(${ids}::uuid[], ${named.map(({ name }) => name)}::text[], ${named.map(({ key }) => key)}::text[])
        AS named(id, name, key)
     WHERE g."orgId" = ${orgId}::uuid AND g.id = named.id`;
  await tx.$executeRaw`
    INSERT INTO "LocalMember" ("orgId", "groupId", "userId")
    SELECT m."orgId", m."groupId",
           (SELECT r."userId" FROM "DirectoryUser" r WHERE r."orgId" = m."orgId" AND r.id = m."directoryUserId")
      FROM "GroupMember" m WHERE m."orgId" = ${orgId}::uuid AND m."groupId" = ANY(${ids}::uuid[]) ${plannedAnew}
    ON CONFLICT DO NOTHING`;
  await tx.$executeRaw`
    DELETE FROM "GroupMember" WHERE "orgId" = ${orgId}::uuid AND "groupId" = ANY(${ids}::uuid[])`;
  await tx.$executeRaw`
    DELETE FROM "GroupNesting"
     WHERE "orgId" = ${orgId}::uuid AND ("groupId" = ANY(${ids}::uuid[]) OR "childId" = ANY(${ids}::uuid[]))`;
  await tx.deletedResource.createMany({ data: ids.map((id) => ({ orgId, directoryId, id })), skipDuplicates: true });
  await countAll(tx, scope, { directoryId, kind: "groups", ids, by: -1 });
  return named.map(({ id, name }) => ({ id, name }));
}

type Named = { id: string; name: string; key: string };

async function withFreeNames(tx: WriteClient, scope: OrgScope, directoryId: string, groups: Named[]): Promise<Named[]> {
  const { orgId } = scope;
  const { connection } = await tx.directory.findUniqueOrThrow({
    where: { orgId_id: { orgId, id: directoryId }, orgId },
    select: { connection: { select: { name: true } } },
  });
  const locals = await tx.group.findMany({ where: { orgId, directoryId: null }, select: { displayNameKey: true } });
  const local = new Set(locals.map(({ displayNameKey }) => displayNameKey));
  const taken = new Set([...local, ...groups.map(({ key }) => key)]);
  return groups.map((group) => {
    if (!local.has(group.key)) return group;
    for (let number = 1; ; number++) {
      const name = `${group.name} (${connection.name}${number === 1 ? "" : ` ${number}`})`;
      const key = foldKey(name);
      if (taken.has(key)) continue;
      taken.add(key);
      return { id: group.id, name, key };
    }
  });
}

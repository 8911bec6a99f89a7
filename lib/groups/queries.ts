import "server-only";
import { db, readSql } from "lib/base/db";
import { exactTotal } from "lib/base/remember-total";
import type { OrgScope } from "lib/scope/scope";
import type { Prisma } from "prisma/client/client";
import { z } from "zod";

const directorySelect = {
  select: { id: true, enabled: true, connection: { select: { id: true, name: true, provider: true } } },
} satisfies Prisma.DirectoryDefaultArgs;

/** People in each of these groups; nested groups are not expanded and do not count. */
export async function countMembers({ orgId }: OrgScope, groupIds: string[]): Promise<Map<string, number>> {
  // One index range a group; Prisma's own _count would add up the whole table.
  const counts = await readSql<{ id: string; members: number }>`
    SELECT g.id,
           (SELECT count(*) FROM "GroupMember" m WHERE m."orgId" = g."orgId" AND m."groupId" = g.id)::int
         + (SELECT count(*) FROM "LocalMember" l WHERE l."orgId" = g."orgId" AND l."groupId" = g.id)::int AS members
      FROM "Group" g WHERE g."orgId" = ${orgId}::uuid AND g.id = ANY(${groupIds}::uuid[])`;
  return new Map(counts.map(({ id, members }) => [id, members]));
}

const mostNested = 200;

/** One group and how many are in it; null where the id is none of this organization's. */
export async function readGroup(scope: OrgScope, groupId: string) {
  if (!z.uuid().safeParse(groupId).success) return null;
  const [group, counts] = await Promise.all([
    db.group.findFirst({
      where: { orgId: scope.orgId, id: groupId },
      select: {
        id: true,
        displayName: true,
        description: true,
        role: true,
        followSignIn: true,
        externalId: true,
        version: true,
        createdAt: true,
        updatedAt: true,
        directory: directorySelect,
        children: { select: { child: { select: { id: true, displayName: true } } }, take: mostNested },
      },
    }),
    countMembers(scope, [groupId]),
  ]);
  return group && { ...group, members: counts.get(groupId) ?? 0 };
}

export type GroupDetail = NonNullable<Awaited<ReturnType<typeof readGroup>>>;

/** The groups of a directory that give a role, by name; and how many it has in all. */
export async function listMappings(scope: OrgScope, directoryId: string) {
  const where = { orgId: scope.orgId, directoryId };
  const [groups, total] = await Promise.all([
    db.group.findMany({
      where: { ...where, role: { not: null } },
      select: { id: true, displayName: true, role: true },
      orderBy: [{ displayNameKey: "asc" }, { id: "asc" }],
      take: 200,
    }),
    db.group.count({ where, take: exactTotal + 1 }),
  ]);
  const counts = await countMembers(
    scope,
    groups.map(({ id }) => id),
  );
  return { groups: groups.map((group) => ({ ...group, members: counts.get(group.id) ?? 0 })), total };
}

import "server-only";
import { db } from "lib/base/db";
import { keysetOf, pageOf } from "lib/base/keyset";
import type { OrgScope } from "lib/scope/scope";
import type { Prisma } from "prisma/client/client";
import { z } from "zod";
import type { GroupFilter } from "./schema";

const connectionOf = {
  directory: { select: { enabled: true, connection: { select: { id: true, name: true, provider: true } } } },
} satisfies Prisma.GroupSelect;

/** One page of groups by name, ties by id. */
export async function listGroups(scope: OrgScope, filter: GroupFilter) {
  const words = filter.q.normalize("NFC").toLowerCase();
  const where: Prisma.GroupWhereInput = {
    orgId: scope.orgId,
    ...(words ? { displayNameKey: { contains: words } } : {}),
  };
  const { place, step, direction, take } = keysetOf(filter, filter.sort.startsWith("-"));
  const beyond: Prisma.GroupWhereInput = place
    ? { OR: [{ displayNameKey: { [step]: place.key } }, { displayNameKey: place.key, id: { [step]: place.id } }] }
    : {};
  const [found, total] = await Promise.all([
    db.group.findMany({
      where: { AND: [where, beyond], orgId: scope.orgId },
      select: {
        id: true,
        displayName: true,
        displayNameKey: true,
        updatedAt: true,
        ...connectionOf,
        _count: { select: { members: true } },
      },
      orderBy: [{ displayNameKey: direction }, { id: direction }],
      take,
    }),
    db.group.count({ where, take: 10_001 }),
  ]);
  const page = pageOf(found, filter, place, (group) => ({ key: group.displayNameKey, id: group.id }));
  return { ...page, total };
}

export type GroupRow = Awaited<ReturnType<typeof listGroups>>["rows"][number];

const membersShown = 200;

/** One group with its first members by name; null where the id is none of this organization's. */
export async function readGroup(scope: OrgScope, groupId: string) {
  if (!z.uuid().safeParse(groupId).success) return null;
  const where = { orgId: scope.orgId, id: groupId };
  const group = await db.group.findFirst({
    where,
    select: {
      id: true,
      displayName: true,
      externalId: true,
      createdAt: true,
      updatedAt: true,
      ...connectionOf,
      _count: { select: { members: true } },
      children: { select: { child: { select: { id: true, displayName: true } } }, take: membersShown },
    },
  });
  if (!group) return null;
  const members = await db.groupMember.findMany({
    where: { orgId: scope.orgId, groupId },
    select: {
      directoryUser: {
        select: { user: { select: { id: true, name: true, email: true, status: true, blockedAt: true } } },
      },
    },
    orderBy: { directoryUser: { user: { nameLower: "asc" } } },
    take: membersShown,
  });
  return { ...group, people: members.map(({ directoryUser }) => directoryUser.user) };
}

import "server-only";
import { db } from "lib/base/db";
import { accepted, refused } from "lib/base/refusals";
import type { OrgScope } from "lib/scope/scope";
import { lowerKey } from "lib/users/steps";
import type { FindPeople } from "./schema";

const mostFound = 20;

/** People to add to a local group: by a part of the name or address, those who are in it marked. */
export async function findPeople(scope: OrgScope, { groupId, q }: FindPeople) {
  const { orgId } = scope;
  const words = lowerKey(q);
  const [group, found] = await Promise.all([
    db.group.findFirst({ where: { orgId, id: groupId, directoryId: null }, select: { id: true } }),
    db.user.findMany({
      where: {
        orgId,
        ...(words ? { OR: [{ nameLower: { contains: words } }, { emailLower: { contains: words } }] } : {}),
      },
      select: {
        id: true,
        name: true,
        email: true,
        role: true,
        status: true,
        localMembers: { where: { orgId, groupId }, select: { groupId: true } },
      },
      orderBy: [{ nameLower: "asc" }, { id: "asc" }],
      take: mostFound + 1,
    }),
  ]);
  if (!group) return refused("not_found");
  const people = found.slice(0, mostFound).map(({ localMembers, ...person }) => ({
    ...person,
    isMember: localMembers.length > 0,
  }));
  return accepted({ people, more: found.length > mostFound });
}

import "server-only";
import { db } from "lib/base/db";
import { keysetOf, pageOf } from "lib/base/keyset";
import type { OrgScope } from "lib/scope/scope";
import { lowerKey } from "lib/users/steps";
import type { Prisma } from "prisma/client/client";
import type { MemberFilter } from "./schema";

type GroupPlace = { id: string; directory: object | null; members: number };

/** Totals of a search are exact to here; beyond, the page says "10,000+". */
const exactTotal = 10_000;

/** One page of the people in a group by name, ties by id. */
export async function listMembers(scope: OrgScope, group: GroupPlace, filter: MemberFilter) {
  const { orgId } = scope;
  const ofGroup = { some: { orgId, groupId: group.id } };
  const words = lowerKey(filter.q);
  const where: Prisma.UserWhereInput = {
    orgId,
    ...(group.directory ? { directoryUser: { memberships: ofGroup } } : { localMembers: ofGroup }),
    ...(words ? { OR: [{ nameLower: { contains: words } }, { emailLower: { contains: words } }] } : {}),
  };
  const { place, step, direction, take } = keysetOf(filter, false);
  // The range by name alone is what an index can begin at; the OR only breaks its ties.
  const beyond: Prisma.UserWhereInput = place
    ? {
        nameLower: { [`${step}e`]: place.key },
        OR: [{ nameLower: { [step]: place.key } }, { id: { [step]: place.id } }],
      }
    : {};
  const [found, total] = await Promise.all([
    db.user.findMany({
      where: { AND: [where, beyond], orgId },
      select: { id: true, name: true, nameLower: true, email: true, status: true, blockedAt: true, role: true },
      orderBy: [{ nameLower: direction }, { id: direction }],
      take,
    }),
    words ? db.user.count({ where, take: exactTotal + 1 }) : group.members,
  ]);
  return { ...pageOf(found, filter, place, (person) => ({ key: person.nameLower, id: person.id })), total };
}

import "server-only";
import { done, unchanged, type WriteClient, write } from "lib/audit/write";
import { AppError } from "lib/base/errors";
import { refused } from "lib/base/refusals";
import { may, type OrgScope } from "lib/scope/scope";
import { applyRoles } from "lib/users/apply-roles";
import { readLocal } from "./read-local";
import type { ChangeLocalMembers } from "./schema";
import { bumpGroups } from "./steps";

/**
 * Adds people of this organization to a local group and takes others out; who is in both lists is in. One stranger
 * among them refuses all. Where the group gives a role, that of the touched people follows in the same transaction.
 */
export const changeLocalMembers = (scope: OrgScope, { groupId, add, remove }: ChangeLocalMembers) =>
  write(scope, async (tx) => {
    const found = await readLocal(tx, scope, groupId, { alone: false });
    if (!found.ok) return found;
    const { group, target } = found;
    // Membership is the role then, so it takes the right to give roles.
    if (group.role && !may(scope, "user:update")) throw new AppError("forbidden");
    const wanted = [...new Set(add)].sort();
    const strangers = wanted.length - (await lockPeople(tx, scope, wanted));
    if (strangers > 0) return refused("unknown_people", { count: strangers });
    const leaving = remove.filter((id) => !wanted.includes(id)).sort();
    const where = { orgId: scope.orgId, groupId };
    const removed = await tx.localMember.deleteMany({ where: { ...where, userId: { in: leaving } } });
    const added = await tx.localMember.createMany({
      data: wanted.map((userId) => ({ ...where, userId })),
      skipDuplicates: true,
    });
    const members = { added: added.count, removed: removed.count };
    if (members.added + members.removed === 0) {
      return unchanged("group.changed", target, members, { ...members, rolesChanged: 0 });
    }
    const rolesChanged = group.role ? (await applyRoles(tx, scope, { userIds: [...wanted, ...leaving] })).changed : 0;
    await bumpGroups(tx, scope, [groupId]);
    return done("group.changed", target, { ...members, rolesChanged }, { ...members, rolesChanged });
  });

/** Locks the people of this organization among these, so that none is deleted meanwhile; answers how many they are. */
async function lockPeople(tx: WriteClient, scope: OrgScope, ids: string[]): Promise<number> {
  if (ids.length === 0) return 0;
  const people = await tx.$queryRaw<unknown[]>`
    SELECT id FROM "User" WHERE "orgId" = ${scope.orgId}::uuid AND id = ANY(${ids}::uuid[]) ORDER BY id FOR KEY SHARE`;
  return people.length;
}

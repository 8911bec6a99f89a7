import "server-only";
import { done, unchanged, write } from "lib/audit/write";
import { refused } from "lib/base/refusals";
import type { OrgScope } from "lib/scope/scope";
import { applyRoles, readRoleGiver } from "./apply-roles";
import { endOwnPassword } from "./password-steps";
import type { ChangeRole } from "./schema";
import { demandOwnerRights, readTarget, refuseLastOwner } from "./steps";

/**
 * Effective at the person's next request. Giving or taking the role owner needs an owner with a fresh proof; whoever
 * is no owner any more has the role that their groups give, if one does. Any other role that a group gives is changed
 * there (DF-38).
 */
export const changeRole = (scope: OrgScope, { userId, role }: ChangeRole) =>
  write(scope, async (tx) => {
    const user = await readTarget(tx, scope, userId);
    if (!user) return refused("not_found");
    if (role === "owner") demandOwnerRights(scope);
    const payload = { before: user.role, after: role };
    if (user.role === role) return unchanged("user.role_changed", user.target, payload);
    const lastOwner = await refuseLastOwner(tx, scope, user);
    if (lastOwner) return lastOwner;
    const group = role === "owner" ? null : await readRoleGiver(tx, scope, userId);
    if (group && user.role !== "owner") return refused("role_from_group", { group });
    await tx.user.updateMany({
      where: { orgId: scope.orgId, id: userId, role: user.role },
      data: {
        role,
        ownRole: null,
        // The directory knows the password that it pushed; an owner's is their own.
        ...(role === "owner" && user.passwordSynced ? { passwordHash: null, passwordSynced: false } : {}),
        version: { increment: 1 },
      },
    });
    if (user.role === "owner") await endOwnPassword(tx, scope, userId);
    if (!group) return done("user.role_changed", user.target, payload);
    await applyRoles(tx, scope, { userIds: [userId] });
    const { role: after } = await tx.user.findFirstOrThrow({ where: { orgId: scope.orgId, id: userId } });
    return done("user.role_changed", user.target, { ...payload, after });
  });

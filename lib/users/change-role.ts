import "server-only";
import { done, unchanged, write } from "lib/audit/write";
import { refused } from "lib/base/refusals";
import type { OrgScope } from "lib/scope/scope";
import type { ChangeRole } from "./schema";
import { demandOwnerRights, readTarget, refuseLastOwner } from "./steps";

/** Effective at the person's next request. Giving or taking the role owner needs an owner with a fresh proof. */
export const changeRole = (scope: OrgScope, { userId, role }: ChangeRole) =>
  write(scope, async (tx) => {
    const user = await readTarget(tx, scope, userId);
    if (!user) return refused("not_found");
    if (role === "owner") demandOwnerRights(scope);
    const payload = { before: user.role, after: role };
    if (user.role === role) return unchanged("user.role_changed", user.target, payload);
    const lastOwner = await refuseLastOwner(tx, scope, user);
    if (lastOwner) return lastOwner;
    await tx.user.updateMany({
      where: { orgId: scope.orgId, id: userId, role: user.role },
      data: { role, version: { increment: 1 } },
    });
    return done("user.role_changed", user.target, payload);
  });

import "server-only";
import { done, write } from "lib/audit/write";
import { refused } from "lib/base/refusals";
import type { OrgScope } from "lib/scope/scope";
import type { DeleteUser } from "./schema";
import { endAccess, readTarget } from "./steps";

/** Deletes a deactivated person for good; the audit log keeps what they did. A managed one is kept (issue 3). */
export const deleteUser = (scope: OrgScope, { userId, confirmation }: DeleteUser) =>
  write(scope, async (tx) => {
    const user = await readTarget(tx, scope, userId);
    if (!user) return refused("not_found");
    if (user.source === "scim") return refused("managed_by_idp", { provider: user.provider });
    if (user.status !== "deactivated") return refused("not_deactivated");
    if (confirmation.trim() !== user.name) return refused("confirmation_differs", { name: user.name });
    await endAccess(tx, scope, userId);
    await tx.user.deleteMany({ where: { orgId: scope.orgId, id: userId } });
    return done("user.deleted", user.target, { email: user.email });
  });

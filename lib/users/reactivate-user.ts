import "server-only";
import { done, write } from "lib/audit/write";
import { refused } from "lib/base/refusals";
import type { OrgScope } from "lib/scope/scope";
import type { UserId } from "./schema";
import { readTarget } from "./steps";

/** Restores the same account: same id and role. The person signs in anew; old cookies stay dead. */
export const reactivateUser = (scope: OrgScope, { userId }: UserId) =>
  write(scope, async (tx) => {
    const user = await readTarget(tx, scope, userId);
    if (user?.status !== "deactivated") return refused("not_found");
    if (user.source === "scim") return refused("managed_by_idp", { provider: user.provider });
    await tx.user.updateMany({
      where: { orgId: scope.orgId, id: userId },
      data: { status: "active", deactivatedAt: null, deactivatedBy: null, eraseAt: null, version: { increment: 1 } },
    });
    return done("user.reactivated", user.target, {});
  });

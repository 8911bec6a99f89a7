import "server-only";
import { done, write } from "lib/audit/write";
import { now } from "lib/base/clock";
import { refused } from "lib/base/refusals";
import type { OrgScope } from "lib/scope/scope";
import type { UserId } from "./schema";
import { endAccess, readTarget, refuseLastOwner } from "./steps";

/** Takes a manual or SSO person's access away at once: sessions, links and sign-ins under way end in the transaction. */
export const deactivateUser = (scope: OrgScope, { userId }: UserId) =>
  write(scope, async (tx) => {
    const user = await readTarget(tx, scope, userId);
    if (!user || user.status === "deactivated") return refused("not_found");
    if (user.source === "scim") return refused("managed_by_idp", { provider: user.provider });
    const lastOwner = await refuseLastOwner(tx, scope, user);
    if (lastOwner) return lastOwner;
    await tx.user.updateMany({
      where: { orgId: scope.orgId, id: userId },
      data: { status: "deactivated", deactivatedAt: now(), deactivatedBy: scope.actor.name, version: { increment: 1 } },
    });
    return done("user.deactivated", user.target, await endAccess(tx, scope, userId));
  });

import "server-only";
import { done, write } from "lib/audit/write";
import { now } from "lib/base/clock";
import { refused } from "lib/base/refusals";
import type { OrgScope } from "lib/scope/scope";
import type { UserId } from "./schema";
import { endAccess, readTarget, refuseLastOwner } from "./steps";

/** Bars a managed person whatever the directory sends: access needs active and not blocked (AV-20). */
export const blockUser = (scope: OrgScope, { userId }: UserId) =>
  write(scope, async (tx) => {
    const user = await readTarget(tx, scope, userId);
    if (user?.source !== "scim" || user.blockedAt) return refused("not_found");
    const lastOwner = await refuseLastOwner(tx, scope, user);
    if (lastOwner) return lastOwner;
    await tx.user.updateMany({
      where: { orgId: scope.orgId, id: userId },
      data: { blockedAt: now(), blockedByName: scope.actor.name, version: { increment: 1 } },
    });
    const { sessionsEnded } = await endAccess(tx, scope, userId);
    return done("user.blocked", user.target, { sessionsEnded });
  });

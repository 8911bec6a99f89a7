import "server-only";
import { done, write } from "lib/audit/write";
import { refused } from "lib/base/refusals";
import type { OrgScope } from "lib/scope/scope";
import type { UserId } from "./schema";
import { readTarget } from "./steps";

/** Lifts a block. Whether the person gets in again is the directory's word from here on. */
export const unblockUser = (scope: OrgScope, { userId }: UserId) =>
  write(scope, async (tx) => {
    const user = await readTarget(tx, scope, userId);
    if (!user?.blockedAt) return refused("not_found");
    await tx.user.updateMany({
      where: { orgId: scope.orgId, id: userId },
      data: { blockedAt: null, blockedByName: null, version: { increment: 1 } },
    });
    return done("user.unblocked", user.target, {});
  });

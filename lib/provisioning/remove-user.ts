import "server-only";
import { done } from "lib/audit/write";
import { minutesFromNow } from "lib/base/clock";
import { removeRecords } from "lib/directories/record-steps";
import { releaseFromGroups } from "lib/groups/steps";
import { shown } from "lib/protocol/scim/messages";
import { endAccess } from "lib/users/steps";
import { defaultRole } from "./link-person";
import { demandVersion } from "./preconditions";
import type { ScimAnswer, ScimCall } from "./scim-call";
import { lockStoredUser } from "./stored-user";
import { standing } from "./user-rows";
import { demandOtherOwner, uniqueness } from "./user-rules";
import { withExchange, writeScim } from "./write-scim";

/**
 * DELETE /Users/{id}: the effects of a deactivation, and the record leaves the directory, the account its groups and
 * its role. It stays in the console, deactivated and detached (FD-10), for good or until it is erased (V-2); a later
 * POST takes it up again.
 */
export async function removeUser(call: ScimCall): Promise<ScimAnswer> {
  const { deleted, eraseDays } = call.directory.options;
  const eraseAt = deleted === "erase" ? minutesFromNow(eraseDays * 24 * 60) : null;
  return writeScim(
    call,
    async (tx) => {
      const { scope } = call;
      const stored = await lockStoredUser(tx, call, true);
      demandVersion(call, stored.version);
      await demandOtherOwner(tx, call, { ...stored, id: stored.userId });
      const ended = await endAccess(tx, scope, stored.userId);
      await tx.user.updateMany({
        where: { orgId: scope.orgId, id: stored.userId },
        data: {
          ...(stored.status === "active" ? standing(scope, false) : {}),
          passwordHash: null,
          passwordSynced: false,
          eraseAt,
          version: { increment: 1 },
        },
      });
      await removeRecords(tx, scope, { directoryId: call.directory.id, ids: [stored.id] });
      await releaseFromGroups(tx, scope, stored.userId, defaultRole);
      const answer: ScimAnswer = {
        status: 204,
        summary: `Removed ${shown(stored.name)}`,
        person: stored.userName,
        userId: stored.userId,
        detail: ended,
      };
      const target = { kind: "user", id: stored.userId, name: stored.name } as const;
      const facts = { userName: stored.userName, ...ended, eraseAt: eraseAt?.toISOString() ?? null };
      return done("scim.user_removed", target, facts, answer, withExchange(call, answer));
    },
    () => Promise.resolve(uniqueness("Another request changed this user at the same moment. Try again.")),
  );
}

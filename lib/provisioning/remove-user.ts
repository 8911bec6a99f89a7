import "server-only";
import { done } from "lib/audit/write";
import { removeRecord } from "lib/directories/record-steps";
import { shown } from "lib/protocol/scim/messages";
import { endAccess } from "lib/users/steps";
import { demandVersion } from "./preconditions";
import type { ScimAnswer, ScimCall } from "./scim-call";
import { lockStoredUser } from "./stored-user";
import { standing } from "./user-rows";
import { demandOtherOwner, uniqueness } from "./user-rules";
import { withExchange, writeScim } from "./write-scim";

/**
 * DELETE /Users/{id}: the effects of a deactivation, and the record leaves the directory. The account stays in the
 * console, deactivated and detached (FD-10); a later POST takes it up again without its privileges.
 */
export async function removeUser(call: ScimCall): Promise<ScimAnswer> {
  return writeScim(
    call,
    async (tx) => {
      const { scope } = call;
      const stored = await lockStoredUser(tx, call);
      demandVersion(call, stored.version);
      await demandOtherOwner(tx, call, { ...stored, id: stored.userId });
      const ended = await endAccess(tx, scope, stored.userId);
      await tx.user.updateMany({
        where: { orgId: scope.orgId, id: stored.userId },
        data: { ...(stored.status === "active" ? standing(scope, false) : {}), version: { increment: 1 } },
      });
      await removeRecord(tx, scope, { directoryId: call.directory.id, id: stored.id });
      const answer: ScimAnswer = {
        status: 204,
        summary: `Removed ${shown(stored.name)}`,
        person: stored.userName,
        userId: stored.userId,
        detail: ended,
      };
      const target = { kind: "user", id: stored.userId, name: stored.name } as const;
      const facts = { userName: stored.userName, ...ended };
      return done("scim.user_removed", target, facts, answer, withExchange(call, answer));
    },
    () => Promise.resolve(uniqueness("Another request changed this user at the same moment. Try again.")),
  );
}

import "server-only";
import { done, write } from "lib/audit/write";
import { refused } from "lib/base/refusals";
import type { OrgScope } from "lib/scope/scope";
import type { EndSession } from "./schema";
import { readTarget } from "./steps";

/** Ends one session of a person, or all of them (sessionId null) but the one that asks. */
export const endSession = (scope: OrgScope, { userId, sessionId }: EndSession) =>
  write(scope, async (tx) => {
    const user = await readTarget(tx, scope, userId);
    if (!user) return refused("not_found");
    return endSessions(tx, scope, user, sessionId);
  });

/** The same for one's own sessions, which every role may end. */
export const endOwnSession = (scope: OrgScope, { sessionId }: { sessionId: string | null }) =>
  write(scope, async (tx) => {
    const { actor } = scope;
    if (actor.kind !== "user") return refused("not_found");
    return endSessions(
      tx,
      scope,
      { id: actor.id, target: { kind: "user", id: actor.id, name: actor.name } },
      sessionId,
    );
  });

async function endSessions(
  tx: Parameters<Parameters<typeof write>[1]>[0],
  scope: OrgScope,
  user: { id: string; target: { kind: "user"; id: string; name: string } },
  sessionId: string | null,
) {
  const { actor } = scope;
  const keep = actor.kind === "user" ? { hash: { not: actor.sessionHash } } : {};
  const { count } = await tx.session.deleteMany({
    where: { orgId: scope.orgId, userId: user.id, ...(sessionId ? { id: sessionId } : keep) },
  });
  if (count === 0 && sessionId) return refused("not_found");
  return done("session.ended", user.target, { sessions: count }, { sessions: count });
}

import "server-only";
import { done, write } from "lib/audit/write";
import { refused } from "lib/base/refusals";
import type { OrgScope } from "lib/scope/scope";
import type { UnlinkIdentity } from "./schema";
import { readTarget } from "./steps";

/** Frees a person's identity at a connection, so that a changed NameID can be linked anew; its sessions end. */
export const unlinkIdentity = (scope: OrgScope, { userId, identityId }: UnlinkIdentity) =>
  write(scope, async (tx) => {
    const user = await readTarget(tx, scope, userId);
    const identity = await tx.identity.findFirst({
      where: { orgId: scope.orgId, id: identityId, userId },
      include: { connection: { select: { name: true } } },
    });
    if (!user || !identity) return refused("not_found");
    await tx.identity.deleteMany({ where: { orgId: scope.orgId, id: identityId } });
    const { count } = await tx.session.deleteMany({
      where: { orgId: scope.orgId, userId, connectionId: identity.connectionId },
    });
    return done("identity.unlinked", user.target, {
      connection: identity.connection.name,
      nameId: identity.nameId,
      sessionsEnded: count,
    });
  });

import "server-only";
import { db } from "lib/base/db";
import type { OrgScope } from "lib/scope/scope";
import { liveTokens } from "lib/tokens/steps";

/** What switching a connection off, or deleting it, touches: the numbers of its dialogs, counted now (B-14). */
export async function findImpact(scope: OrgScope, connectionId: string) {
  const { orgId } = scope;
  const where = { orgId, connectionId };
  const directory = await db.directory.findFirst({ where, select: { id: true, enabled: true } });
  const [people, users, sessions, identities, groups, tokens] = await Promise.all([
    db.user.count({
      where: {
        orgId,
        status: { not: "deactivated" },
        OR: [{ connectionId }, { identities: { some: { orgId, connectionId } } }],
      },
    }),
    db.user.count({ where }),
    db.session.count({ where }),
    db.identity.count({ where }),
    directory ? db.group.count({ where: { orgId, directoryId: directory.id } }) : 0,
    directory ? db.token.count({ where: liveTokens(scope, directory.id) }) : 0,
  ]);
  return {
    /** Who loses this way in. */
    people,
    /** Whom the connection made or manages. */
    users,
    sessions,
    identities,
    groups,
    tokens,
    provisioning: directory?.enabled ?? false,
  };
}
export type Impact = Awaited<ReturnType<typeof findImpact>>;

import "server-only";
import { now } from "lib/base/clock";
import { db } from "lib/base/db";
import type { OrgScope } from "lib/scope/scope";
import { scimPrefix } from "./scim-token";

/** A directory's tokens, live ones first, newest first, each with its mask and state. */
export async function listTokens(scope: OrgScope, directoryId: string) {
  const tokens = await db.token.findMany({
    where: { orgId: scope.orgId, directoryId },
    omit: { orgId: true, directoryId: true, head: true },
    orderBy: { id: "desc" },
    take: 100,
  });
  return tokens
    .map(({ tail, ...token }) => ({ ...token, mask: `${scimPrefix}…${tail}`, state: stateOf(token) }))
    .sort((a, b) => Number(b.state === "live") - Number(a.state === "live"));
}

export type TokenRow = Awaited<ReturnType<typeof listTokens>>[number];

function stateOf({ revokedAt, expiresAt }: { revokedAt: Date | null; expiresAt: Date | null }) {
  if (revokedAt) return "revoked" as const;
  return expiresAt && expiresAt <= now() ? ("expired" as const) : ("live" as const);
}

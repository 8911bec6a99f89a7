import "server-only";
import { now } from "lib/base/clock";
import { db } from "lib/base/db";
import type { OrgScope } from "lib/scope/scope";
import type { TokenState } from "./schema";
import { scimPrefix } from "./scim-token";
import { liveTokens } from "./steps";

const endedShown = 50;

/** A directory's tokens with mask and state: those that work, each before the one it replaces, then the latest ended. */
export async function listTokens(scope: OrgScope, directoryId: string) {
  const where = { orgId: scope.orgId, directoryId };
  const omit = { orgId: true, directoryId: true, head: true } as const;
  const working = liveTokens(scope, directoryId);
  const [live, ended] = await Promise.all([
    db.token.findMany({ where: working, omit, orderBy: { id: "desc" } }),
    db.token.findMany({ where: { ...where, NOT: working }, omit, orderBy: { id: "desc" }, take: endedShown }),
  ]);
  const placeOf = (token: { id: string; replacedById: string | null }) => token.replacedById ?? token.id;
  // ids grow with time; the sort is stable, so a successor stays before the one it replaces.
  live.sort((a, b) => (placeOf(a) < placeOf(b) ? 1 : placeOf(a) > placeOf(b) ? -1 : 0));
  return [...live, ...ended].map(({ tail, ...token }) => ({
    ...token,
    mask: `${scimPrefix}…${tail}`,
    state: stateOf(token),
  }));
}

type TokenEnds = { revokedAt: Date | null; expiresAt: Date | null; replacedById: string | null };

function stateOf({ revokedAt, expiresAt, replacedById }: TokenEnds): TokenState {
  if (revokedAt) return "revoked";
  if (expiresAt && expiresAt <= now()) return "expired";
  return replacedById ? "ending" : "live";
}

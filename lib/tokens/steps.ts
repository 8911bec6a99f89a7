import "server-only";
import { randomBytes } from "node:crypto";
import type { WriteClient } from "lib/audit/write";
import { minutesFromNow, now } from "lib/base/clock";
import { sha256 } from "lib/base/crypto";
import type { OrgScope } from "lib/scope/scope";
import type { TokenLife } from "./schema";
import { maskOf, scimTokenOf } from "./scim-token";

const days: Record<TokenLife, number | null> = { "90d": 90, "1y": 365, "2y": 730, none: null };

/** A new token as it is shown once: `token` is stored nowhere. */
export type NewToken = { tokenId: string; name: string; token: string; tail: string; expiresAt: Date | null };

/** Tokens that open the directory now. */
export const liveTokens = (scope: OrgScope, directoryId: string) => ({
  orgId: scope.orgId,
  directoryId,
  revokedAt: null,
  OR: [{ expiresAt: null }, { expiresAt: { gt: now() } }],
});

/** Those that count against the five: one in its overlap has handed its place to its successor. */
export const standingTokens = (scope: OrgScope, directoryId: string) => ({
  ...liveTokens(scope, directoryId),
  replacedById: null,
});

/** True where the directory is there; parallel makers of tokens then count one after another. */
export async function lockDirectory(tx: WriteClient, scope: OrgScope, directoryId: string): Promise<boolean> {
  const directories = await tx.$queryRaw<unknown[]>`
    SELECT 1 FROM "Directory"
     WHERE "orgId" = ${scope.orgId}::uuid AND id = ${directoryId}::uuid FOR NO KEY UPDATE`;
  return directories.length === 1;
}

/** Makes a token of a directory; the caller has locked the directory and counted the live ones. */
export async function makeToken(
  tx: WriteClient,
  scope: OrgScope,
  { directoryId, name, expires }: { directoryId: string; name: string; expires: TokenLife },
): Promise<NewToken> {
  const token = scimTokenOf(randomBytes(32));
  const { head, tail } = maskOf(token);
  const life = days[expires];
  const expiresAt = life === null ? null : minutesFromNow(life * 24 * 60);
  const { id } = await tx.token.create({
    data: { orgId: scope.orgId, directoryId, name, head, tail, createdByName: scope.actor.name, expiresAt },
    select: { id: true },
  });
  await tx.tokenKey.create({ data: { hash: sha256(token), orgId: scope.orgId, tokenId: id, head } });
  return { tokenId: id, name, token, tail, expiresAt };
}

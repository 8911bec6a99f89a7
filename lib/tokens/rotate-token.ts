import "server-only";
import { done, type WriteClient, write } from "lib/audit/write";
import { minutesFromNow, now } from "lib/base/clock";
import { refused } from "lib/base/refusals";
import type { OrgScope } from "lib/scope/scope";
import { maxOverlaps, type RotateToken, type TokenOverlap } from "./schema";
import { liveTokens, lockDirectory, makeToken } from "./steps";

const hours: Record<TokenOverlap, number> = { "0": 0, "1h": 1, "24h": 24, "72h": 72, "7d": 7 * 24 };

type Present = {
  name: string;
  tail: string;
  directoryId: string;
  expiresAt: Date | null;
  revokedAt: Date | null;
  replacedById: string | null;
};

/**
 * Makes the successor of a token, of its name, and ends the old one after an overlap, never later than it would have
 * ended anyway (DF-40). The successor takes its place among the five, so that a full directory can rotate too.
 */
export const rotateToken = (scope: OrgScope, { tokenId, overlap, expires }: RotateToken) =>
  write(scope, async (tx) => {
    const old = await lockToken(tx, scope, tokenId);
    if (!old) return refused("not_found");
    if (old.revokedAt) return refused("token_over", { how: "was revoked" });
    if (old.replacedById) return refused("token_replaced", { tail: await tailOf(tx, scope, old.replacedById) });
    if (old.expiresAt && old.expiresAt <= now()) return refused("token_over", { how: "has expired" });
    const { directoryId, name } = old;
    if (!(await lockDirectory(tx, scope, directoryId))) return refused("not_found");
    const overlapping = { ...liveTokens(scope, directoryId), replacedById: { not: null } };
    if (overlap !== "0" && (await tx.token.count({ where: overlapping })) >= maxOverlaps) {
      return refused("overlap_limit");
    }
    const made = await makeToken(tx, scope, { directoryId, name, expires });
    const end = minutesFromNow(hours[overlap] * 60);
    const ends = old.expiresAt && old.expiresAt < end ? old.expiresAt : end;
    await tx.token.updateMany({
      where: { orgId: scope.orgId, id: tokenId },
      data: { replacedById: made.tokenId, expiresAt: ends },
    });
    return done(
      "token.rotated",
      { kind: "token", id: tokenId, name },
      {
        name,
        tail: made.tail,
        replaced: old.tail,
        overlapEnds: ends.toISOString(),
        expiresAt: made.expiresAt?.toISOString() ?? null,
      },
      made,
    );
  });

/** The token as the last one who waited for it finds it: two clicks at once make one successor. */
async function lockToken(tx: WriteClient, scope: OrgScope, tokenId: string): Promise<Present | undefined> {
  const [token] = await tx.$queryRaw<Present[]>`
    SELECT name, tail, "directoryId", "expiresAt", "revokedAt", "replacedById" FROM "Token"
     WHERE "orgId" = ${scope.orgId}::uuid AND id = ${tokenId}::uuid FOR NO KEY UPDATE`;
  return token;
}

async function tailOf(tx: WriteClient, scope: OrgScope, tokenId: string): Promise<string> {
  const where = { orgId: scope.orgId, id: tokenId };
  return (await tx.token.findFirst({ where, select: { tail: true } }))?.tail ?? "";
}

import "server-only";
import { minutesAgo, minutesFromNow, now } from "lib/base/clock";
import { readSql } from "lib/base/db";
import { unusedDays, warningDays } from "lib/tokens/schema";

const day = 24 * 60;

/** The organizations with a token that may end soon, or that nobody uses: what is told of it is decided inside each. */
export async function organizationsWithTokensToTell(): Promise<string[]> {
  const rows = await readSql<{ orgId: string }>`
    SELECT DISTINCT t."orgId"
      FROM "Token" t
      JOIN "Directory" d ON d."orgId" = t."orgId" AND d.id = t."directoryId" AND d.enabled
      JOIN "Organization" o ON o.id = t."orgId" AND NOT o.suspended
     WHERE t."revokedAt" IS NULL AND t."replacedById" IS NULL
       AND (t."expiresAt" BETWEEN ${now()} AND ${minutesFromNow(warningDays[0] * day)}
            OR t."unusedToldAt" IS NULL AND coalesce(t."lastUsedAt", t."createdAt") < ${minutesAgo(unusedDays * day)})`;
  return rows.map(({ orgId }) => orgId);
}

/** The organizations with people whose personal data is to be erased (V-2). */
export async function organizationsWithPeopleToErase(): Promise<string[]> {
  const rows = await readSql<{ orgId: string }>`
    SELECT DISTINCT "orgId" FROM "User" WHERE "eraseAt" IS NOT NULL AND "eraseAt" <= ${now()} AND status = 'deactivated'`;
  return rows.map(({ orgId }) => orgId);
}

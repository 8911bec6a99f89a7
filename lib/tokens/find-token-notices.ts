import "server-only";
import { minutesAgo, minutesFromNow, now } from "lib/base/clock";
import { readSql } from "lib/base/db";
import { providerWord } from "lib/connections/schema";
import type { OrgScope } from "lib/scope/scope";

type Ending = { id: string; name: string; expiresAt: Date; connectionId: string; connection: string; provider: string };

export type TokenNotice = {
  id: string;
  tone: "warn" | "danger";
  text: string;
  action: { href: string; label: string };
};

const day = 24 * 60;
const shownFrom = 14;
/** So long an end is told of, where it left the directory without any token. */
const shownUntil = 30;

/** Tokens that end within 14 days and have no successor, and those whose end shut the directory (console.md 7.10, 9). */
export async function findTokenNotices(scope: OrgScope): Promise<TokenNotice[]> {
  const ending = await readSql<Ending>`
    SELECT t.id, t.name, t."expiresAt", c.id AS "connectionId", c.name AS connection, c.provider
      FROM "Token" t
      JOIN "Directory" d ON d."orgId" = t."orgId" AND d.id = t."directoryId" AND d.enabled
      JOIN "Connection" c ON c."orgId" = d."orgId" AND c.id = d."connectionId"
     WHERE t."orgId" = ${scope.orgId}::uuid AND t."revokedAt" IS NULL AND t."replacedById" IS NULL
       AND t."expiresAt" BETWEEN ${minutesAgo(shownUntil * day)} AND ${minutesFromNow(shownFrom * day)}
       AND (t."expiresAt" > ${now()} OR NOT EXISTS (
             SELECT 1 FROM "Token" o
              WHERE o."orgId" = t."orgId" AND o."directoryId" = t."directoryId" AND o."revokedAt" IS NULL
                AND (o."expiresAt" IS NULL OR o."expiresAt" > ${now()})))
     ORDER BY t."expiresAt"`;
  return ending.map((token) => ({
    id: `token-${token.id}`,
    tone: daysLeft(token) <= 1 ? "danger" : "warn",
    text: sentence(token),
    action: {
      href: `/connections/${token.connectionId}/provisioning`,
      label: `Open provisioning of ${token.connection}`,
    },
  }));
}

/** 1 within the last day, 0 or less once it is over. */
const daysLeft = ({ expiresAt }: Ending) => Math.ceil((expiresAt.getTime() - now().getTime()) / (day * 60_000));

function sentence(token: Ending): string {
  const days = daysLeft(token);
  const date = token.expiresAt.toLocaleDateString("en-GB", { dateStyle: "long", timeZone: "UTC" });
  const whose = `The SCIM token '${token.name}' of ${token.connection}`;
  const provider = providerWord(token.provider);
  return days > 0
    ? `${whose} ends in ${days} ${days === 1 ? "day" : "days"}, on ${date}. Rotate it and paste the new one in ${provider}.`
    : `${whose} ended on ${date}, and no other is left: every call of ${provider} is refused. Generate a new one and paste it there.`;
}

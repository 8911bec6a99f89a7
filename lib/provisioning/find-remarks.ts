import "server-only";
import { now } from "lib/base/clock";
import { firstIdAt } from "lib/base/crypto";
import { db, readSql } from "lib/base/db";
import { directoryOptions, quietDays } from "lib/directories/schema";
import { explainRemark, type RemarkCode } from "lib/exchanges/remarks";
import type { Operation } from "lib/exchanges/schema";
import type { OrgScope } from "lib/scope/scope";
import { listTokens } from "lib/tokens/queries";
import { daysAgo, findLogRemarks, type Seen } from "./log-remarks";
import { findPeopleRemarks } from "./people-remarks";

const endsSoonDays = 14;
const day = 86_400_000;

/**
 * What stands out in how a provider's app is set, as cards of its connection (scim.md section 10). A directory that is
 * off or paused is left alone. Those that an owner put away come last.
 */
export async function findRemarks(scope: OrgScope, connectionId: string) {
  const directory = await db.directory.findFirst({
    where: { orgId: scope.orgId, connectionId },
    select: {
      ...{ id: true, connectionId: true, enabled: true, paused: true, createdAt: true },
      ...{ options: true, dismissed: true, connection: { select: { provider: true } } },
    },
  });
  if (!directory?.enabled || directory.paused) return [];
  const { synchronizePasswords: storesPasswords } = directoryOptions.parse(directory.options);
  const [log, people, tokens, facts] = await Promise.all([
    findLogRemarks(scope, { id: directory.id, storesPasswords }),
    findPeopleRemarks(scope, directory),
    listTokens(scope, directory.id),
    readFacts(scope, directory.id),
  ]);
  const dismissed = directory.dismissed as Record<string, string>;
  return [...ofSilence(tokens, facts), ...ofGroups(directory, facts), ...log, ...people, ...ofTokens(tokens)]
    .map((seen) => ({
      ...seen,
      ...explainRemark(seen.code, directory.connection.provider),
      isDismissed: Object.hasOwn(dismissed, seen.code),
    }))
    .sort((one, other) => Number(one.isDismissed) - Number(other.isDismissed));
}

type Facts = { users: number; givesRoles: boolean; firstAt: Date | null; madeAt: Date | null; groupAt: Date | null };

const groupOperations: Operation[] = ["group-create", "group-change", "group-delete"];

/** Each sub-select meets the first entry of an index. */
async function readFacts({ orgId }: OrgScope, directoryId: string): Promise<Facts> {
  const since = firstIdAt(daysAgo(quietDays));
  const [facts] = await readSql<Facts>`
    SELECT (SELECT coalesce(sum(c.total), 0)::int FROM "DirectoryCounter" c
             WHERE c."orgId" = ${orgId}::uuid AND c."directoryId" = ${directoryId}::uuid AND c.kind = 'users') AS users,
           EXISTS (SELECT 1 FROM "Group" g WHERE g."orgId" = ${orgId}::uuid AND g.role IS NOT NULL
                      AND (g."directoryId" IS NULL OR g."directoryId" = ${directoryId}::uuid)) AS "givesRoles",
           (SELECT e.at FROM "Exchange" e
             WHERE e."orgId" = ${orgId}::uuid AND e."directoryId" = ${directoryId}::uuid AND e.status < 400
             ORDER BY e.id LIMIT 1) AS "firstAt",
           (SELECT e.at FROM "Exchange" e
             WHERE e."orgId" = ${orgId}::uuid AND e.operation IN ('create', 'link') AND e.outcome = 'succeeded'
               AND e."directoryId" = ${directoryId}::uuid AND e.id >= ${since}::uuid
             ORDER BY e.id DESC LIMIT 1) AS "madeAt",
           (SELECT e.at FROM "Exchange" e
             WHERE e."orgId" = ${orgId}::uuid AND e.operation = ANY(${groupOperations}::text[])
               AND e."directoryId" = ${directoryId}::uuid AND e.id >= ${since}::uuid
             ORDER BY e.id DESC LIMIT 1) AS "groupAt"`;
  return facts ?? { users: 0, givesRoles: false, firstAt: null, madeAt: null, groupAt: null };
}

type Token = Awaited<ReturnType<typeof listTokens>>[number];

/** Nobody came though the token works, or nothing comes any more. */
function ofSilence(tokens: Token[], { users, firstAt, madeAt }: Facts): Seen[] {
  const used = tokens.flatMap(({ lastUsedAt }) => (lastUsedAt ? [lastUsedAt] : []));
  const last = used.sort((one, other) => other.getTime() - one.getTime())[0];
  if (users === 0 && madeAt === null && firstAt && firstAt < daysAgo(1)) {
    return [
      { code: "nobody_assigned", seen: "Calls come with a token that works; nobody was created.", at: last ?? firstAt },
    ];
  }
  if (last && last < daysAgo(quietDays)) {
    return [{ code: "nothing_received", seen: "The last call is more than 7 days old.", at: last }];
  }
  return [];
}

function ofGroups({ createdAt }: { createdAt: Date }, { givesRoles, madeAt, groupAt }: Facts): Seen[] {
  const isOldEnough = createdAt < daysAgo(quietDays);
  if (!givesRoles || !madeAt || groupAt || !isOldEnough) return [];
  return [{ code: "no_group_push", seen: "People were created within 7 days, and no group was sent.", at: madeAt }];
}

/** One that has its successor is meant to end. */
function ofTokens(tokens: Token[]): Seen[] {
  return tokens.flatMap(({ name, state, expiresAt }): Seen[] => {
    const left = expiresAt ? expiresAt.getTime() - now().getTime() : Number.POSITIVE_INFINITY;
    if (state !== "live" || left > endsSoonDays * day) return [];
    const days = Math.ceil(left / day);
    return [{ code: "token_ends", seen: `${name} ends in ${days === 1 ? "1 day" : `${days} days`}.`, at: null }];
  });
}

export type FoundRemark = Awaited<ReturnType<typeof findRemarks>>[number] & { code: RemarkCode };

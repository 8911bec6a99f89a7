import "server-only";
import { done, type WriteClient, write } from "lib/audit/write";
import { minutesAgo, minutesFromNow, now } from "lib/base/clock";
import { readSql } from "lib/base/db";
import { isMailConfigured, queueMail } from "lib/base/mail";
import { refused } from "lib/base/refusals";
import type { OrgScope } from "lib/scope/scope";
import { unusedDays, warningDays } from "lib/tokens/schema";
import { scimPrefix } from "lib/tokens/scim-token";
import { endingMail, type ToldToken, unusedMail } from "./token-mails";

const day = 24 * 60;

type Due = {
  id: string;
  name: string;
  tail: string;
  expiresAt: Date | null;
  lastUsedAt: Date | null;
  warnedDays: number | null;
  connectionId: string;
  connectionName: string;
  provider: string;
  organization: string;
};

/**
 * Mails the owners of an organization which tokens end soon (30, 14, 7, 1 days before) and which nobody uses. Each step
 * is told once, also where two replicas look at the same moment; after missed nights only the nearest one is.
 */
export async function warnTokens(scope: OrgScope): Promise<void> {
  // Without mail nothing is marked as told: the console's own notice stands, and mail can be set up any day.
  if (!isMailConfigured()) return;
  for (const token of await findDue(scope)) {
    const days = token.expiresAt ? daysUntil(token.expiresAt) : Number.POSITIVE_INFINITY;
    const step = warningDays.findLast((before) => days <= before);
    if (!token.expiresAt || step === undefined) await tellDisuse(scope, token);
    else if (token.warnedDays === null || token.warnedDays > step) await tellEnd(scope, token, token.expiresAt, step);
  }
}

const daysUntil = (end: Date) => Math.ceil((end.getTime() - now().getTime()) / (day * 60_000));

/** Tokens that work and have no successor, and end soon or were not used for long without anybody being told. */
const findDue = (scope: OrgScope) => readSql<Due>`
  SELECT t.id, t.name, t.tail, t."expiresAt", t."lastUsedAt", t."warnedDays",
         c.id AS "connectionId", c.name AS "connectionName", c.provider, o.name AS organization
    FROM "Token" t
    JOIN "Directory" d ON d."orgId" = t."orgId" AND d.id = t."directoryId" AND d.enabled
    JOIN "Connection" c ON c."orgId" = d."orgId" AND c.id = d."connectionId"
    JOIN "Organization" o ON o.id = t."orgId"
   WHERE t."orgId" = ${scope.orgId}::uuid AND t."revokedAt" IS NULL AND t."replacedById" IS NULL
     AND (t."expiresAt" IS NULL OR t."expiresAt" > ${now()})
     AND (t."expiresAt" <= ${minutesFromNow(warningDays[0] * day)}
          OR t."unusedToldAt" IS NULL AND coalesce(t."lastUsedAt", t."createdAt") < ${minutesAgo(unusedDays * day)})
   ORDER BY t.id`;

const tellEnd = (scope: OrgScope, token: Due, endsAt: Date, step: number) =>
  write(scope, async (tx) => {
    const told = { OR: [{ warnedDays: null }, { warnedDays: { gt: step } }] };
    if (!(await mark(tx, scope, token.id, told, { warnedDays: step }))) return refused("not_found");
    const days = daysUntil(endsAt);
    const owners = await mailOwners(tx, scope, endingMail(toldOf(token), { at: endsAt, days }));
    const { name, tail } = token;
    return done("token.end_announced", targetOf(token), { name, tail, endsAt: endsAt.toISOString(), days, owners });
  });

const tellDisuse = (scope: OrgScope, token: Due) =>
  write(scope, async (tx) => {
    if (!(await mark(tx, scope, token.id, { unusedToldAt: null }, { unusedToldAt: now() })))
      return refused("not_found");
    const owners = await mailOwners(tx, scope, unusedMail(toldOf(token)));
    const { name, tail } = token;
    const lastUsedAt = token.lastUsedAt?.toISOString() ?? null;
    return done("token.disuse_announced", targetOf(token), { name, tail, lastUsedAt, owners });
  });

const targetOf = ({ id, name }: Due) => ({ kind: "token", id, name }) as const;

const toldOf = ({ tail, connectionId: id, connectionName: name, provider, ...token }: Due): ToldToken => ({
  ...token,
  mask: `${scimPrefix}…${tail}`,
  connection: { id, name, provider },
});

/** False where it was told, rotated or revoked meanwhile. */
async function mark(tx: WriteClient, scope: OrgScope, id: string, untold: object, data: object): Promise<boolean> {
  const where = { orgId: scope.orgId, id, revokedAt: null, replacedById: null, ...untold };
  return (await tx.token.updateMany({ where, data })).count === 1;
}

/** One mail for each owner who can act on it; how many there were. */
async function mailOwners(tx: WriteClient, scope: OrgScope, mail: ReturnType<typeof endingMail>): Promise<number> {
  const owners = await tx.user.findMany({
    where: { orgId: scope.orgId, role: "owner", status: "active", blockedAt: null },
    select: { email: true },
    orderBy: { id: "asc" },
  });
  for (const { email } of owners) await queueMail(tx, { to: email, ...mail });
  return owners.length;
}

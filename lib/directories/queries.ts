import "server-only";
import { minutesAgo } from "lib/base/clock";
import { db } from "lib/base/db";
import { absoluteUrl } from "lib/base/env";
import type { OrgScope } from "lib/scope/scope";
import { listTokens } from "lib/tokens/queries";
import type { TokenFault } from "lib/tokens/schema";
import { baseUrlWarnings, type DirectoryState, directoryOptions, quietDays, scimBaseUrl } from "./schema";

/** Everything the provisioning tab of a connection shows; null where the connection is not of this organization. */
export async function readProvisioning(scope: OrgScope, connectionId: string) {
  const connection = await db.connection.findFirst({
    where: { orgId: scope.orgId, id: connectionId },
    select: {
      id: true,
      name: true,
      provider: true,
      status: true,
      organization: { select: { slug: true } },
      // Only people with an address of one of these may be provisioned; a failing one counts within its grace.
      domains: { where: { status: { in: ["verified", "failing"] } }, select: { name: true }, orderBy: { name: "asc" } },
      directory: { select: { id: true, enabled: true, paused: true, version: true, options: true } },
    },
  });
  if (!connection) return null;
  const { organization, directory, domains, ...rest } = connection;
  const baseUrl = scimBaseUrl(absoluteUrl(""));
  const facts = {
    ...rest,
    domains: domains.map(({ name }) => name),
    shortName: organization.slug,
    baseUrl,
    baseUrlWarnings: baseUrlWarnings(baseUrl),
  };
  if (!directory) return { ...facts, ...neverOn };
  const where = { orgId: scope.orgId, directoryId: directory.id };
  const people = { orgId: scope.orgId, connectionId };
  const [managed, storedPasswords, tokens, totals, lastFailure, lastRefusedToken] = await Promise.all([
    db.user.count({ where: { ...people, source: "scim" } }),
    db.user.count({ where: { ...people, passwordSynced: true } }),
    listTokens(scope, directory.id),
    db.directoryCounter.groupBy({ by: ["kind"], where, _sum: { total: true } }),
    lastExchange(scope, directory.id, { status: { gte: 400 } }),
    lastRefusal(scope, directory.id),
  ]);
  const lastCallAt = tokens.reduce<Date | null>(
    (latest, { lastUsedAt }) => (lastUsedAt && (!latest || lastUsedAt > latest) ? lastUsedAt : latest),
    null,
  );
  const total = (kind: string) => totals.find((row) => row.kind === kind)?._sum.total ?? 0;
  return {
    ...facts,
    directory,
    options: directoryOptions.parse(directory.options),
    managed,
    storedPasswords,
    state: directoryState(directory, lastCallAt),
    lastCallAt,
    lastFailure,
    lastRefusedToken,
    tokens,
    standing: tokens.filter(({ state }) => state === "live").length,
    users: total("users"),
    groups: total("groups"),
  };
}

const neverOn = {
  directory: null,
  options: directoryOptions.parse({}),
  managed: 0,
  storedPasswords: 0,
  state: "off" as const,
  lastCallAt: null,
  lastFailure: null,
  lastRefusedToken: null,
  tokens: [],
  standing: 0,
  users: 0,
  groups: 0,
};

export type Provisioning = NonNullable<Awaited<ReturnType<typeof readProvisioning>>>;

/** Off, waiting for its first call, connected, or quiet since a week. */
export function directoryState(
  directory: { enabled: boolean; paused: boolean },
  lastCallAt: Date | null,
): DirectoryState {
  if (!directory.enabled || directory.paused) return "off";
  if (!lastCallAt) return "waiting";
  return lastCallAt < minutesAgo(quietDays * 24 * 60) ? "quiet" : "connected";
}

/** The last call with a token of this directory that opened nothing, and what was wrong with it. */
async function lastRefusal(scope: OrgScope, directoryId: string) {
  const row = await db.exchange.findFirst({
    where: { orgId: scope.orgId, directoryId, kind: "scim", status: 401 },
    select: { id: true, at: true, tokenName: true, detail: true },
    orderBy: { id: "desc" },
  });
  if (!row) return null;
  const { detail, ...call } = row;
  return { ...call, fault: (detail as { refusedToken?: TokenFault }).refusedToken ?? null };
}

const lastExchange = (scope: OrgScope, directoryId: string, where: { status: number | { gte: number } }) =>
  db.exchange.findFirst({
    where: { orgId: scope.orgId, directoryId, kind: "scim", ...where },
    select: { id: true, at: true, summary: true, reference: true, status: true },
    orderBy: { id: "desc" },
  });

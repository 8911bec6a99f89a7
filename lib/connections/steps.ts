import "server-only";
import type { WriteClient } from "lib/audit/write";
import { now } from "lib/base/clock";
import { type Refused, refused } from "lib/base/refusals";
import type { OrgScope } from "lib/scope/scope";
import type { ReadCertificate } from "./read-provider";
import { type ConnectionSettings, connectionSettings, type IdentityProvider } from "./schema";

/** As many versions of a connection stay (sign-in.md 1.2). */
const versionsKept = 20;

/** A connection that is going to be changed, locked, with its settings: those in force, else the draft's. */
export async function lockConnection(tx: WriteClient, scope: OrgScope, connectionId: string) {
  const { orgId } = scope;
  await tx.$queryRaw`
    SELECT 1 FROM "Connection" WHERE "orgId" = ${orgId}::uuid AND id = ${connectionId}::uuid FOR NO KEY UPDATE`;
  const connection = await tx.connection.findFirst({ where: { orgId, id: connectionId } });
  if (!connection) return null;
  const number = connection.liveNumber ?? connection.draftNumber;
  const version = await tx.connectionVersion.findFirstOrThrow({
    where: { orgId, connectionId, number: number ?? 0 },
    select: { settings: true },
  });
  const target = { kind: "connection", id: connection.id, name: connection.name } as const;
  return { ...connection, settings: connectionSettings.parse(version.settings), target };
}
export type LockedConnection = NonNullable<Awaited<ReturnType<typeof lockConnection>>>;

/** The refusal of a save that started from an older state, naming who was faster. */
export async function refuseStale(tx: WriteClient, scope: OrgScope, connectionId: string) {
  const [last] = await tx.$queryRaw<{ by: string }[]>`
    SELECT "actorName" AS by FROM "AuditEvent"
     WHERE "orgId" = ${scope.orgId}::uuid AND "targetId" = ${connectionId} AND outcome = 'done'
     ORDER BY id DESC LIMIT 1`;
  return refused("stale_version", last ? { by: last.by } : {});
}

/** Counts the connection's version on, with whatever else changes in its row. */
export const touchConnection = (tx: WriteClient, scope: OrgScope, connectionId: string, data: object = {}) =>
  tx.connection.updateMany({
    where: { orgId: scope.orgId, id: connectionId },
    data: { ...data, version: { increment: 1 } },
  });

/**
 * Keeps changed settings: a draft's version is replaced, since nobody signs in by it; a version in force never changes,
 * so the settings become the next number and are in force at once.
 */
export async function keepSettings(
  tx: WriteClient,
  scope: OrgScope,
  connection: LockedConnection,
  settings: ConnectionSettings,
): Promise<number> {
  const { orgId } = scope;
  const connectionId = connection.id;
  const saved = { settings, savedByName: scope.actor.name };
  if (connection.liveNumber === null && connection.draftNumber !== null) {
    const number = connection.draftNumber;
    await tx.connectionVersion.updateMany({ where: { orgId, connectionId, number }, data: saved });
    return number;
  }
  const newest = await tx.connectionVersion.aggregate({ where: { orgId, connectionId }, _max: { number: true } });
  const number = (newest._max.number ?? 0) + 1;
  await tx.connectionVersion.create({ data: { orgId, connectionId, number, ...saved } });
  await tx.connectionVersion.deleteMany({ where: { orgId, connectionId, number: { lte: number - versionsKept } } });
  await tx.connection.updateMany({ where: { orgId, id: connectionId }, data: { liveNumber: number } });
  return number;
}

/** Who is created at the first sign-in (V-5), as part of a directory's switch. */
export async function setJit(
  tx: WriteClient,
  scope: OrgScope,
  connectionId: string,
  jit: ConnectionSettings["options"]["jit"],
): Promise<void> {
  const connection = await lockConnection(tx, scope, connectionId);
  if (!connection || connection.settings.options.jit === jit) return;
  const { settings } = connection;
  await keepSettings(tx, scope, connection, { ...settings, options: { ...settings.options, jit } });
  await touchConnection(tx, scope, connectionId);
}

/** The refusal of putting settings in force that could sign nobody in, with everything that is missing. */
export async function refuseIncomplete(
  tx: WriteClient,
  scope: OrgScope,
  { id, settings }: { id: string; settings: ConnectionSettings },
): Promise<Refused<"settings_incomplete" | "domain_unverified"> | null> {
  const where = { orgId: scope.orgId, connectionId: id };
  const provider = settings.identityProvider;
  const valid = await tx.certificate.count({
    where: { ...where, state: { in: ["current", "next"] }, notBefore: { lte: now() }, notAfter: { gt: now() } },
  });
  const domains = await tx.domainClaim.count({ where });
  const missing = [
    ...(provider?.entityId ? [] : ["Entity ID"]),
    ...(ssoUrlOf(provider) ? [] : ["SSO URL"]),
    ...(valid > 0 ? [] : ["a valid certificate"]),
  ];
  if (missing.length === 0) return domains > 0 ? null : refused("domain_unverified");
  const all = domains > 0 ? missing : [...missing, "a verified domain"];
  return refused("settings_incomplete", { missing: all.join(", ") });
}

/** Where sign-ins are sent: by the Redirect binding where it is offered. */
export const ssoUrlOf = (provider: IdentityProvider | null): string | null =>
  provider?.ssoRedirectUrl ?? provider?.ssoPostUrl ?? null;

/** Trusts a certificate at once as the next one, beside the present ones (DF-41); one that had retired is back. */
export async function trustCertificate(
  tx: WriteClient,
  scope: OrgScope,
  connectionId: string,
  certificate: ReadCertificate & { source: "metadata" | "manual" },
): Promise<void> {
  const key = { orgId: scope.orgId, connectionId, sha256: certificate.sha256 };
  const back = { state: "next", retiredAt: null, source: certificate.source } as const;
  const { count } = await tx.certificate.updateMany({ where: { ...key, state: "retired" }, data: back });
  if (count === 0) await tx.certificate.create({ data: { ...certificate, ...key, state: "next" } });
}

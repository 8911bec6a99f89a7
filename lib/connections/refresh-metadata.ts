import "server-only";
import { done, unchanged, type WriteClient, write } from "lib/audit/write";
import { now } from "lib/base/clock";
import { db } from "lib/base/db";
import { accepted, refused } from "lib/base/refusals";
import type { OrgScope } from "lib/scope/scope";
import { type Changes, compareProvider, previewOf, refuseOther, sameUrls, urlsOf } from "./compare-provider";
import { type ProviderReading, readProvider } from "./read-provider";
import { type ConnectionIdInput, connectionSettings, type IdentityProvider, type RefreshMetadata } from "./schema";
import { keepSettings, type LockedConnection, lockConnection, touchConnection, trustCertificate } from "./steps";

/** Reads the metadata's address again and tells what would change; nothing is stored. */
export async function previewRefresh(scope: OrgScope, { connectionId }: ConnectionIdInput) {
  const read = await readAgain(scope, connectionId);
  if (!read.ok) return read;
  const { present, reading } = read.value;
  const other = refuseOther(present.provider, reading);
  return other ?? accepted(previewOf(compareProvider(present, reading)));
}

/**
 * Applies what the preview showed, as long as the address still says the same. Added certificates are trusted at once
 * beside the present ones, dropped ones retire, and a new path on the same host is used from the next sign-in on.
 */
export async function refreshMetadata(scope: OrgScope, { connectionId, fingerprint }: RefreshMetadata) {
  const read = await readAgain(scope, connectionId);
  if (!read.ok) return read;
  const { reading } = read.value;
  if (reading.fingerprint !== fingerprint) return refused("metadata_changed");
  return write(scope, async (tx) => {
    const connection = await lockConnection(tx, scope, connectionId);
    const provider = connection?.settings.identityProvider;
    if (!connection || !provider) return refused("not_found");
    const other = refuseOther(provider, reading);
    if (other) return other;
    const certificates = await tx.certificate.findMany({ where: { orgId: scope.orgId, connectionId } });
    const changes = compareProvider({ provider, certificates }, reading);
    const settings = { ...connection.settings, identityProvider: refreshed(provider, reading) };
    const payload = {
      added: changes.added.map(({ sha256 }) => sha256),
      retired: changes.retired.map(({ sha256 }) => sha256),
      changes: sameUrls(changes) ? {} : { before: changes.before, after: changes.after },
    };
    const { target, liveNumber } = connection;
    if (changes.unchanged || sameUrls(changes)) {
      // When it was read is no setting, so the version in force may say so without becoming another.
      const where = { orgId: scope.orgId, connectionId, number: liveNumber ?? 0 };
      await tx.connectionVersion.updateMany({ where, data: { settings } });
    } else {
      await keepSettings(tx, scope, connection, settings);
    }
    if (changes.unchanged) return unchanged("connection.metadata_refreshed", target, payload, previewOf(changes));
    await applyCertificates(tx, scope, connection, changes);
    await touchConnection(tx, scope, connectionId);
    return done("connection.metadata_refreshed", target, payload, previewOf(changes));
  });
}

async function readAgain(scope: OrgScope, connectionId: string) {
  const { orgId } = scope;
  const found = await db.connection.findFirst({
    where: { orgId, id: connectionId },
    select: { status: true, provider: true, liveNumber: true, certificates: true },
  });
  if (!found) return refused("not_found");
  if (found.liveNumber === null) return refused("wrong_state", { state: found.status });
  const { settings } = await db.connectionVersion.findFirstOrThrow({
    where: { orgId, connectionId, number: found.liveNumber },
    select: { settings: true },
  });
  const provider = connectionSettings.parse(settings).identityProvider;
  if (provider?.source.kind !== "url") return refused("no_metadata_url");
  const reading = await readProvider(scope, found.provider, { kind: "url", url: provider.source.url });
  if (!reading.ok) return reading;
  return accepted({ present: { provider, certificates: found.certificates }, reading: reading.value });
}

const refreshed = (provider: IdentityProvider, reading: ProviderReading): IdentityProvider => ({
  ...provider,
  ...urlsOf(reading),
  source: { ...provider.source, readAt: now().toISOString() },
});

async function applyCertificates(tx: WriteClient, scope: OrgScope, { id }: LockedConnection, changes: Changes) {
  const where = { orgId: scope.orgId, connectionId: id };
  for (const certificate of changes.added)
    await trustCertificate(tx, scope, id, { ...certificate, source: "metadata" });
  await tx.certificate.updateMany({
    where: { ...where, sha256: { in: changes.retired.map(({ sha256 }) => sha256) } },
    data: { state: "retired", retiredAt: now() },
  });
  // With the former one gone, the next one is the current one.
  if ((await tx.certificate.count({ where: { ...where, state: "current" } })) === 0) {
    await tx.certificate.updateMany({ where: { ...where, state: "next" }, data: { state: "current" } });
  }
}

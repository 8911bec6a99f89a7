import "server-only";
import { done, write } from "lib/audit/write";
import { now } from "lib/base/clock";
import { db } from "lib/base/db";
import { refused } from "lib/base/refusals";
import type { OrgScope } from "lib/scope/scope";
import { factsOf } from "./read-metadata";
import { type ProviderReading, readProvider } from "./read-provider";
import type { IdentityProvider, SaveDraft } from "./schema";
import { keepSettings, lockConnection, refuseStale, touchConnection } from "./steps";

/**
 * Stores the identity provider's facts of a draft. An address is read again, so that what is stored came from there;
 * where it says something else than what was reviewed, nothing is saved.
 */
export async function saveDraft(scope: OrgScope, { connectionId, version, metadata, reviewed }: SaveDraft) {
  const { orgId } = scope;
  const found = await db.connection.findFirst({ where: { orgId, id: connectionId } });
  if (!found) return refused("not_found");
  if (found.status !== "draft") return refused("wrong_state", { state: found.status });
  const reading = await readProvider(scope, found.provider, metadata);
  if (!reading.ok) return reading;
  const facts = reading.value;
  if (reviewed && reviewed !== facts.fingerprint) return refused("metadata_changed");
  return storeDraft(scope, { connectionId, version, facts });
}

/** Stores facts that the caller has just read. */
export const storeDraft = (
  scope: OrgScope,
  { connectionId, version, facts }: Pick<SaveDraft, "connectionId" | "version"> & { facts: ProviderReading },
) =>
  write(scope, async (tx) => {
    const { orgId } = scope;
    const connection = await lockConnection(tx, scope, connectionId);
    if (!connection) return refused("not_found");
    if (connection.status !== "draft") return refused("wrong_state", { state: connection.status });
    if (connection.version !== version) return refuseStale(tx, scope, connectionId);
    const { settings, target } = connection;
    const identityProvider = providerOf(facts);
    await keepSettings(tx, scope, connection, { ...settings, identityProvider });
    const source = facts.kind === "manual" ? "manual" : "metadata";
    await tx.certificate.deleteMany({ where: { orgId, connectionId } });
    await tx.certificate.createMany({
      data: facts.certificates.map((certificate) => ({ orgId, connectionId, ...certificate, source })),
    });
    await touchConnection(tx, scope, connectionId);
    const before = settings.identityProvider ? shown(settings.identityProvider) : {};
    const certificates = facts.certificates.map(({ sha256 }) => sha256);
    const after = { ...shown(identityProvider), certificates };
    return done("connection.draft_saved", target, { before, after }, factsOf(facts));
  });

export function providerOf({ kind, url, entityId, ssoRedirectUrl, ssoPostUrl }: ProviderReading): IdentityProvider {
  const readAt = now().toISOString();
  const source = kind === "url" ? { kind, url: url ?? "", readAt } : { kind, readAt };
  return { source, entityId, ssoRedirectUrl, ssoPostUrl };
}

const shown = ({ source, ...facts }: IdentityProvider) => ({ ...facts, source: source.kind });

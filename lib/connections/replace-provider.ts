import "server-only";
import { done, write } from "lib/audit/write";
import { now } from "lib/base/clock";
import { refused } from "lib/base/refusals";
import type { OrgScope } from "lib/scope/scope";
import { compareProvider } from "./compare-provider";
import type { ProviderReading } from "./read-provider";
import { providerOf } from "./save-draft";
import { keepSettings, lockConnection, touchConnection, trustCertificate } from "./steps";

/**
 * The operator's replacement of the identity provider behind a connection in force: a new version at once, certificates
 * join or retire. Another entity ID makes other names of all subjects, so the identities go and people are matched anew.
 */
export const replaceProvider = (
  scope: OrgScope,
  { connectionId, reading }: { connectionId: string; reading: ProviderReading },
) =>
  write(scope, async (tx) => {
    const { orgId } = scope;
    const connection = await lockConnection(tx, scope, connectionId);
    const provider = connection?.settings.identityProvider;
    if (!connection || !provider) return refused("not_found");
    const certificates = await tx.certificate.findMany({ where: { orgId, connectionId } });
    const { added, retired } = compareProvider({ provider, certificates }, reading);
    const leaving = reading.kind === "manual" ? certificates.filter(isNotIn(reading)) : retired;
    await keepSettings(tx, scope, connection, { ...connection.settings, identityProvider: providerOf(reading) });
    const source = reading.kind === "manual" ? "manual" : "metadata";
    for (const certificate of added) await trustCertificate(tx, scope, connectionId, { ...certificate, source });
    await tx.certificate.updateMany({
      where: { orgId, connectionId, sha256: { in: leaving.map(({ sha256 }) => sha256) } },
      data: { state: "retired", retiredAt: now() },
    });
    const another = provider.entityId !== reading.entityId;
    const { count } = another ? await tx.identity.deleteMany({ where: { orgId, connectionId } }) : { count: 0 };
    await touchConnection(tx, scope, connectionId);
    return done("connection.updated", connection.target, {
      before: { entityId: provider.entityId, certificates: certificates.map(({ sha256 }) => sha256) },
      after: {
        entityId: reading.entityId,
        certificates: reading.certificates.map(({ sha256 }) => sha256),
        identitiesRetired: count,
      },
    });
  });

const isNotIn = (reading: ProviderReading) => {
  const listed = new Set(reading.certificates.map(({ sha256 }) => sha256));
  return ({ sha256, state }: { sha256: string; state: string }) => state !== "retired" && !listed.has(sha256);
};

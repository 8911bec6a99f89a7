import "server-only";
import { db } from "lib/base/db";
import { accepted, refused } from "lib/base/refusals";
import type { OrgScope } from "lib/scope/scope";
import { type ProviderReading, readProvider } from "./read-provider";
import type { MetadataFacts, ReadMetadata } from "./schema";

/** Reads the identity provider's facts for review: nothing is stored before "Save" (DF-11). */
export async function readMetadata(scope: OrgScope, { connectionId, metadata }: ReadMetadata) {
  const connection = await db.connection.findFirst({
    where: { orgId: scope.orgId, id: connectionId },
    select: { provider: true },
  });
  if (!connection) return refused("not_found");
  const reading = await readProvider(scope, connection.provider, metadata);
  return reading.ok ? accepted(factsOf(reading.value)) : reading;
}

/** The reading as the page gets it. */
export const factsOf = ({ certificates, ...facts }: ProviderReading): MetadataFacts => ({
  ...facts,
  certificates: certificates.map(({ pem: _, ...certificate }) => certificate),
  leftOut: facts.leftOut.map(({ sha256, subject, notBefore, notAfter, keyBits, why }) => ({
    sha256,
    subject,
    notBefore,
    notAfter,
    keyBits,
    why,
  })),
});

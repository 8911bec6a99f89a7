import "server-only";
import { db } from "lib/base/db";
import { explainRefusal } from "lib/base/refusals";
import { type ProviderReading, readProvider } from "lib/connections/read-provider";
import type { MetadataInput } from "lib/connections/schema";
import { normalizeEmail } from "lib/protocol/saml/email-address";
import type { OrgScope } from "lib/scope/scope";
import { readPresent } from "./read-present";
import type { Declaration, DeclaredConnection } from "./schema";

/** What was read of the declared identity providers, by the connection's name; absent where nothing is to be read. */
export type Readings = Map<string, ProviderReading>;

/**
 * What would be refused, found before anything is changed: names held elsewhere, domains that are not verified,
 * metadata that cannot be read. Where a metadata URL is the present one already it is not fetched again.
 */
export async function findProblems(
  scope: OrgScope,
  { owners, domains, connections }: Declaration,
): Promise<{ problems: string[]; readings: Readings }> {
  const problems: string[] = [];
  const readings: Readings = new Map();
  for (const { email } of owners) {
    if (!normalizeEmail(email).ok) problems.push(`owners: ${email} is not an e-mail address`);
  }
  const trusted = domains.filter(({ verified }) => verified).map(({ name }) => name);
  const claims = await db.domainClaim.findMany({ where: { name: { in: trusted } } });
  const elsewhere = claims.filter(({ orgId }) => orgId !== scope.orgId);
  problems.push(...elsewhere.map(({ name }) => `domains: ${name} is verified in another organization`));
  for (const connection of connections) {
    problems.push(...(await findDomainProblems(scope, connection, trusted)));
    const result = await readDeclared(scope, connection);
    if (typeof result === "string") problems.push(`connections: ${connection.name}: ${result}`);
    else if (result) readings.set(connection.name, result);
    const present = await readPresent(scope, connection.name);
    if (connection.status === "draft" && present && present.status !== "draft") {
      problems.push(`connections: ${connection.name} is ${present.status} and cannot become a draft again`);
    }
    if (connection.status === "active" && !result && !present?.provider) {
      problems.push(`connections: ${connection.name} cannot be active without metadataUrl, metadataXml or manual`);
    }
  }
  return { problems, readings };
}

async function findDomainProblems(
  scope: OrgScope,
  { name, domains = [], status, scim }: DeclaredConnection,
  trusted: string[],
) {
  const rows = await db.domain.findMany({
    where: { orgId: scope.orgId, OR: [{ name: { in: domains } }, { connection: { name } }] },
    select: { name: true, status: true, connection: { select: { name: true } } },
  });
  const problems = domains.flatMap((domain) => {
    const row = rows.find((one) => one.name === domain);
    const holder = row?.connection?.name;
    if (holder && holder !== name) return [`connections: ${name}: ${domain} is already used by ${holder}`];
    const verified = trusted.includes(domain) || row?.status === "verified";
    return verified ? [] : [`connections: ${name}: ${domain} is not a verified domain of this organization`];
  });
  const linked = domains.length > 0 || rows.some(({ connection }) => connection?.name === name);
  const demands = [...(status === "active" ? ["be active"] : []), ...(scim?.enabled ? ["provision people"] : [])];
  return linked ? problems : [...problems, ...demands.map((what) => `connections: ${name} needs a domain to ${what}`)];
}

/** The facts of the declared provider; null where there is nothing new to read; a sentence where it cannot be read. */
async function readDeclared(scope: OrgScope, connection: DeclaredConnection): Promise<ProviderReading | string | null> {
  const input = metadataInputOf(connection);
  if (!input) return null;
  const present = await readPresent(scope, connection.name);
  const source = present?.provider?.source;
  if (input.kind === "url" && source?.kind === "url" && source.url === input.url) return null;
  const reading = await readProvider(scope, connection.provider ?? present?.providerType ?? "okta", input);
  return reading.ok ? reading.value : Object.values(reading.fields ?? {}).join(" ") || explainRefusal(reading).message;
}

export function metadataInputOf({ metadataUrl, metadataXml, manual }: DeclaredConnection): MetadataInput | null {
  if (metadataUrl) return { kind: "url", url: metadataUrl };
  if (metadataXml) return { kind: "xml", xml: metadataXml };
  return manual ? { kind: "manual", ...manual, entityId: manual.entityId ?? "" } : null;
}

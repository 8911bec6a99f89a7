import "server-only";
import { now } from "lib/base/clock";
import { db } from "lib/base/db";
import { explainRefusal } from "lib/base/refusals";
import { type ProviderReading, readProvider } from "lib/connections/read-provider";
import { connectionLimit, type MetadataInput } from "lib/connections/schema";
import { refuseShared } from "lib/domains/claim-domain";
import { normalizeEmail } from "lib/protocol/saml/email-address";
import type { OrgScope } from "lib/scope/scope";
import { maxLiveTokens } from "lib/tokens/schema";
import { standingTokens } from "lib/tokens/steps";
import { lowerKey } from "lib/users/steps";
import { type PresentConnection, readPresent } from "./read-present";
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
  problems.push(...(await findNameProblems(scope, domains)));
  let made = await db.connection.count({ where: { orgId: scope.orgId } });
  for (const connection of connections) {
    const present = await readPresent(scope, connection.name);
    if (!present) made++;
    problems.push(...(await findDomainProblems(scope, connection, trusted)));
    const result = await readDeclared(scope, connection, present);
    if (typeof result === "string") problems.push(`connections: ${connection.name}: ${result}`);
    else if (result) readings.set(connection.name, result);
    const reading = typeof result === "string" ? null : result;
    const wrong = [
      ...(typeof result === "string" ? [] : statusProblem(connection, present, reading)),
      ...(await tokenProblem(scope, connection, present)),
    ];
    problems.push(...wrong.map((sentence) => `connections: ${connection.name} ${sentence}`));
  }
  if (made > connectionLimit) problems.push(`connections: an organization can have ${connectionLimit}`);
  return { problems, readings };
}

/** Names that another organization holds, and such as nobody can prove. */
async function findNameProblems(scope: OrgScope, domains: Declaration["domains"]): Promise<string[]> {
  const name = { in: domains.map((domain) => domain.name) };
  const claims = await db.domainClaim.findMany({ where: { name } });
  const known = await db.domain.findMany({ where: { orgId: scope.orgId, name }, select: { name: true } });
  return domains.flatMap((domain) => {
    const isElsewhere = claims.some((claim) => claim.name === domain.name && claim.orgId !== scope.orgId);
    if (domain.verified) return isElsewhere ? [`domains: ${domain.name} is verified in another organization`] : [];
    const shared = known.some((one) => one.name === domain.name) ? null : refuseShared(domain.name);
    return shared ? [`domains: ${domain.name}: ${explainRefusal(shared).message}`] : [];
  });
}

async function findDomainProblems(
  scope: OrgScope,
  { name, domains = [], status, scim }: DeclaredConnection,
  trusted: string[],
) {
  const nameLower = lowerKey(name);
  const rows = await db.domain.findMany({
    where: { orgId: scope.orgId, OR: [{ name: { in: domains } }, { connection: { nameLower } }] },
    select: { name: true, status: true, connection: { select: { name: true, nameLower: true } } },
  });
  const isLinked = ({ connection }: (typeof rows)[number]) => connection?.nameLower === nameLower;
  const problems = domains.flatMap((domain) => {
    const row = rows.find((one) => one.name === domain);
    // One that fails its proof at the moment stays linked within its grace.
    if (row && isLinked(row)) return [];
    if (row?.connection) return [`connections: ${name}: ${domain} is already used by ${row.connection.name}`];
    const verified = trusted.includes(domain) || row?.status === "verified";
    return verified ? [] : [`connections: ${name}: ${domain} is not a verified domain of this organization`];
  });
  const linked = domains.length > 0 || rows.some(isLinked);
  const demands = [...(status === "active" ? ["be active"] : []), ...(scim?.enabled ? ["provision people"] : [])];
  return linked ? problems : [...problems, ...demands.map((what) => `connections: ${name} needs a domain to ${what}`)];
}

/** A status that the connection cannot come to by this file. */
function statusProblem(
  { status }: DeclaredConnection,
  present: PresentConnection | null,
  reading: ProviderReading | null,
): string[] {
  const before = present?.status ?? "draft";
  if (!status || status === before) return [];
  if (status === "draft") return [`is ${before} and cannot become a draft again`];
  if (status === "disabled") return before === "draft" ? ["was never active, so it cannot be disabled"] : [];
  if (!reading && !present?.provider) return ["cannot be active without metadataUrl, metadataXml or manual"];
  const certificates = reading?.certificates ?? present?.certificates.filter(({ state }) => state !== "retired") ?? [];
  const isValid = certificates.some(({ notBefore, notAfter }) => {
    const at = now();
    return new Date(notBefore) <= at && new Date(notAfter) > at;
  });
  return isValid ? [] : ["cannot be active without a valid certificate"];
}

/** More tokens than a directory can have. */
async function tokenProblem(
  scope: OrgScope,
  { scim }: DeclaredConnection,
  present: PresentConnection | null,
): Promise<string[]> {
  const directoryId = present?.directory?.id;
  if (!scim?.tokens) return [];
  const kept = directoryId
    ? await db.token.findMany({
        where: { orgId: scope.orgId, directoryId, revokedAt: null, replacedById: null },
        select: { name: true },
      })
    : [];
  const live = directoryId ? await db.token.count({ where: standingTokens(scope, directoryId) }) : 0;
  const further = new Set(scim.tokens.filter((name) => !kept.some((token) => token.name === name)));
  return further.size > 0 && live + further.size > maxLiveTokens
    ? [`can have ${maxLiveTokens} live tokens; revoke one first`]
    : [];
}

/** The facts of the declared provider; null where there is nothing new to read; a sentence where it cannot be read. */
async function readDeclared(
  scope: OrgScope,
  connection: DeclaredConnection,
  present: PresentConnection | null,
): Promise<ProviderReading | string | null> {
  const input = metadataInputOf(connection);
  if (!input) return null;
  const source = present?.provider?.source;
  if (input.kind === "url" && source?.kind === "url" && source.url === input.url) return null;
  const reading = await readProvider(scope, connection.provider ?? present?.providerType ?? "okta", input);
  return reading.ok ? reading.value : Object.values(reading.fields ?? {}).join(" ") || explainRefusal(reading).message;
}

function metadataInputOf({ metadataUrl, metadataXml, manual }: DeclaredConnection): MetadataInput | null {
  if (metadataUrl) return { kind: "url", url: metadataUrl };
  if (metadataXml) return { kind: "xml", xml: metadataXml };
  return manual ? { kind: "manual", ...manual, entityId: manual.entityId ?? "" } : null;
}

import "server-only";
import { db, readSql } from "lib/base/db";
import type { OrgScope } from "lib/scope/scope";
import { type DomainCheck, domainCheck, proofRecord } from "./schema";

const rowSelect = {
  id: true,
  name: true,
  status: true,
  verifiedAt: true,
  failingSince: true,
  createdAt: true,
  connection: { select: { id: true, name: true } },
} as const;

/** How many people of the organization have an address of each domain. */
async function countPeople(scope: OrgScope, names: string[]): Promise<Map<string, number>> {
  const rows = await readSql<{ name: string; people: number }>`
    SELECT split_part("emailLower", '@', 2) AS name, count(*)::int AS people
      FROM "User" WHERE "orgId" = ${scope.orgId}::uuid AND split_part("emailLower", '@', 2) = ANY(${names})
     GROUP BY 1`;
  return new Map(rows.map(({ name, people }) => [name, people]));
}

export async function listDomains(scope: OrgScope) {
  const domains = await db.domain.findMany({
    where: { orgId: scope.orgId },
    select: rowSelect,
    orderBy: { name: "asc" },
  });
  const people = await countPeople(
    scope,
    domains.map(({ name }) => name),
  );
  return domains.map((domain) => ({ ...domain, users: people.get(domain.name) ?? 0 }));
}
export type DomainRow = Awaited<ReturnType<typeof listDomains>>[number];

/** A domain with the record that proves it (none where the operator's word stands for it) and what was last seen. */
export async function readDomain(scope: OrgScope, domainId: string) {
  const found = await db.domain.findFirst({
    where: { orgId: scope.orgId, id: domainId },
    select: { ...rowSelect, proofToken: true, lastCheck: true, checkedAt: true, version: true },
  });
  if (!found) return null;
  const { proofToken, lastCheck, ...domain } = found;
  const people = await countPeople(scope, [domain.name]);
  return {
    ...domain,
    users: people.get(domain.name) ?? 0,
    proof: proofToken === null ? null : withCommands(proofRecord(domain.name, proofToken)),
    byOperator: proofToken === null,
    lastCheck: lastCheck === null ? null : (domainCheck.parse(lastCheck) as DomainCheck),
  };
}
export type DomainDetail = NonNullable<Awaited<ReturnType<typeof readDomain>>>;

const withCommands = (record: ReturnType<typeof proofRecord>) => ({
  ...record,
  dig: `dig +short TXT ${record.fullHost}`,
  nslookup: `nslookup -type=TXT ${record.fullHost}`,
});

import "server-only";
import { db, readSql } from "lib/base/db";

/** Which organization holds a domain; null where none does. */
export const findHolder = (name: string): Promise<{ orgId: string } | null> =>
  db.domainClaim.findUnique({ where: { name }, select: { orgId: true } });

type Linked = { orgId: string; connection: { id: string; label: string; provider: string } };
export type DomainRoute = ({ kind: "active" } & Linked) | ({ kind: "disabled" } & Linked) | { kind: "none" };

const none: DomainRoute = { kind: "none" };

/**
 * Where an address's domain leads, whoever the address belongs to: exact match among claimed domains, which are the
 * verified ones. `email` is normalized already. Active connection, disabled one, or none (drafts route nobody).
 */
export async function resolveDomain(email: string): Promise<DomainRoute> {
  const domain = email.slice(email.lastIndexOf("@") + 1);
  const [row] = await readSql<{ orgId: string; id: string; label: string; provider: string; status: string }>`
    SELECT c."orgId", c.id, c.label, c.provider, c.status::text AS status
      FROM "DomainClaim" d
      JOIN "Connection" c ON c."orgId" = d."orgId" AND c.id = d."connectionId"
      JOIN "Organization" o ON o.id = d."orgId"
     WHERE d.name = ${domain} AND NOT o.suspended`;
  if (row?.status !== "active" && row?.status !== "disabled") return none;
  return { kind: row.status, orgId: row.orgId, connection: { id: row.id, label: row.label, provider: row.provider } };
}

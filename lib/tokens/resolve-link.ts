import "server-only";
import { now } from "lib/base/clock";
import { sha256 } from "lib/base/crypto";
import { readSql } from "lib/base/db";
import type { ResolvedLink } from "./schema";

export type LinkState =
  | { state: "valid"; link: ResolvedLink }
  | { state: "used" | "expired" | "revoked" | "unknown"; link: null };

type Row = Omit<ResolvedLink, "domainConnection"> & {
  expiresAt: Date;
  usedAt: Date | null;
  revokedAt: Date | null;
  connectionId: string | null;
  label: string;
  provider: string;
};

/** What a one-time link's value stands for: its user, organization and, if any, the active connection of their domain. */
export async function resolveLink(value: string): Promise<LinkState> {
  if (!/^[A-Za-z0-9_-]{43}$/.test(value)) return { state: "unknown", link: null };
  const [row] = await readSql<Row>`
    SELECT l.hash, l."orgId", l.kind, u.id AS "userId", u.email, u.name, u.role::text AS role, u.status::text AS status,
           o.name AS organization, l."expiresAt", l."usedAt", l."revokedAt",
           c.id AS "connectionId", c.label, c.provider
      FROM "OneTimeLink" l
      JOIN "User" u ON u."orgId" = l."orgId" AND u.id = l."targetId"
      JOIN "Organization" o ON o.id = l."orgId" AND NOT o.suspended
      LEFT JOIN "DomainClaim" d ON d."orgId" = l."orgId" AND d.name = split_part(u."emailLower", '@', 2)
      LEFT JOIN "Connection" c ON c."orgId" = l."orgId" AND c.id = d."connectionId" AND c.status = 'active'
     WHERE l.hash = ${sha256(value)}`;
  if (!row) return { state: "unknown", link: null };
  if (row.usedAt) return { state: "used", link: null };
  if (row.revokedAt) return { state: "revoked", link: null };
  if (row.expiresAt <= now()) return { state: "expired", link: null };
  const { expiresAt, usedAt, revokedAt, connectionId, label, provider, ...link } = row;
  return {
    state: "valid",
    link: { ...link, domainConnection: connectionId ? { id: connectionId, label, provider } : null },
  };
}

import "server-only";
import type { WriteClient } from "lib/audit/write";
import { type Refused, refused } from "lib/base/refusals";
import type { OrgScope } from "lib/scope/scope";

type Linked = { ok: true; linked: string[]; unlinked: string[] };

/**
 * Makes `names` the domains of a connection: each verified here and used by no other. The claim, which decides where
 * an e-mail address leads, moves together with the domain's row.
 */
export async function linkDomains(
  tx: WriteClient,
  scope: OrgScope,
  connectionId: string,
  names: string[],
): Promise<Linked | Refused<"domain_used" | "domain_not_verified">> {
  const { orgId } = scope;
  const present = await tx.domain.findMany({ where: { orgId, connectionId }, select: { name: true } });
  const wanted = new Set(names);
  const unlinked = present.map(({ name }) => name).filter((name) => !wanted.delete(name));
  await setConnection(tx, scope, unlinked, connectionId, null);
  // One order for everybody, so that two links at once wait instead of deadlocking.
  const linked = [...wanted].sort();
  for (const name of linked) {
    if (await setConnection(tx, scope, [name], null, connectionId)) continue;
    const found = await tx.domain.findFirst({
      where: { orgId, name },
      select: { connection: { select: { name: true } } },
    });
    return found?.connection
      ? refused("domain_used", { connection: found.connection.name })
      : refused("domain_not_verified");
  }
  return { ok: true, linked, unlinked };
}

/** Frees all domains of a connection that goes. */
export async function unlinkDomains(tx: WriteClient, scope: OrgScope, connectionId: string): Promise<string[]> {
  const result = await linkDomains(tx, scope, connectionId, []);
  return result.ok ? result.unlinked : [];
}

async function setConnection(
  tx: WriteClient,
  scope: OrgScope,
  names: string[],
  from: string | null,
  to: string | null,
) {
  const { orgId } = scope;
  if (names.length === 0) return true;
  const where = { orgId, name: { in: names }, connectionId: from };
  const { count } = await tx.domain.updateMany({
    where: to === null ? where : { ...where, status: "verified" },
    data: { connectionId: to, version: { increment: 1 } },
  });
  if (count === 0) return false;
  const claims = await tx.domainClaim.updateMany({
    where: { orgId, name: { in: names } },
    data: { connectionId: to },
  });
  return to === null || claims.count === count;
}

import "server-only";
import { done, write } from "lib/audit/write";
import { now } from "lib/base/clock";
import { db } from "lib/base/db";
import { accepted, refused } from "lib/base/refusals";
import type { OrgScope } from "lib/scope/scope";

/**
 * Takes the operator's word for a domain instead of a proof: verified at once and never checked again. `name` is a
 * lower-case A-label name. Refused while another organization holds the name.
 */
export async function trustDomain(scope: OrgScope, { name }: { name: string }) {
  const where = { orgId: scope.orgId, name };
  const present = await db.domain.findFirst({ where, select: { id: true, status: true } });
  if (present?.status === "verified") return accepted({ domainId: present.id });
  return write(scope, async (tx) => {
    const verified = { status: "verified", verifiedAt: now(), failingSince: null } as const;
    const found = await tx.domain.findFirst({ where, select: { id: true, status: true } });
    const domainId =
      found?.id ??
      (await tx.domain.create({ data: { ...where, ...verified, proofToken: null }, select: { id: true } })).id;
    const target = { kind: "domain", id: domainId, name } as const;
    if (found) await tx.domain.updateMany({ where: { orgId: scope.orgId, id: domainId }, data: verified });
    const claim = await tx.domainClaim.findUnique({ where: { name } });
    if (claim && claim.orgId !== scope.orgId) return refused("domain_elsewhere");
    if (!claim) await tx.domainClaim.create({ data: { name, orgId: scope.orgId, domainId } });
    return done("domain.verified", target, { name, by: "operator" }, { domainId });
  });
}

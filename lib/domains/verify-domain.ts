import "server-only";
import { done, write } from "lib/audit/write";
import { now } from "lib/base/clock";
import { db } from "lib/base/db";
import { countUse } from "lib/base/limit";
import { addJob } from "lib/base/queue";
import { accepted, type Outcome, refused } from "lib/base/refusals";
import type { OrgScope } from "lib/scope/scope";
import { readProof } from "./read-proof";
import type { DomainCheck, VerifyDomain } from "./schema";

type Domain = { id: string; name: string };

/** `check` is null where nothing had to be looked up. */
export type Verification = { verified: boolean; check: DomainCheck | null };

/**
 * Looks for the proof at once. A proof that is not there yet is no refusal: the answer says what was seen. Of two
 * organizations with a proof, the insert of the claim lets one win.
 */
export async function verifyDomain(scope: OrgScope, { domainId }: VerifyDomain): Promise<Outcome<Verification>> {
  const domain = await db.domain.findFirst({ where: { orgId: scope.orgId, id: domainId } });
  if (!domain) return refused("not_found");
  const { name, proofToken } = domain;
  if (domain.status === "verified" || proofToken === null) return accepted({ verified: true, check: null });
  await countUse("domainCheck", `${scope.orgId}:${domainId}`);
  if (await holderOf(scope, name)) return refuseElsewhere(scope, domain);
  const check = await readProof({ name, proofToken });
  if (check.outcome !== "found") return keepPending(scope, domain, check);
  const outcome = await keepVerified(scope, domain, check);
  return !outcome.ok && outcome.reason === "domain_elsewhere" ? refuseElsewhere(scope, domain) : outcome;
}

const holderOf = async (scope: OrgScope, name: string): Promise<string | null> => {
  const claim = await db.domainClaim.findUnique({ where: { name }, select: { orgId: true } });
  return claim && claim.orgId !== scope.orgId ? claim.orgId : null;
};

const target = ({ id, name }: Domain) => ({ kind: "domain", id, name }) as const;

const keepPending = (scope: OrgScope, domain: Domain, check: DomainCheck) =>
  write(scope, async (tx) => {
    const { count } = await tx.domain.updateMany({
      where: { orgId: scope.orgId, id: domain.id },
      data: { lastCheck: check, checkedAt: now() },
    });
    if (count === 0) return refused("not_found");
    const payload = { name: domain.name, found: check.outcome };
    return done("domain.not_verified", target(domain), payload, { verified: false, check });
  });

const keepVerified = (scope: OrgScope, { id, name }: Domain, check: DomainCheck) =>
  write(scope, async (tx) => {
    const { count } = await tx.domain.updateMany({
      where: { orgId: scope.orgId, id },
      data: {
        status: "verified",
        verifiedAt: now(),
        failingSince: null,
        lastCheck: check,
        checkedAt: now(),
        version: { increment: 1 },
      },
    });
    if (count === 0) return refused("not_found");
    const claim = await tx.domainClaim.findUnique({ where: { name } });
    if (claim && claim.orgId !== scope.orgId) return refused("domain_elsewhere");
    if (!claim) await tx.domainClaim.create({ data: { name, orgId: scope.orgId, domainId: id } });
    return done("domain.verified", target({ id, name }), { name, by: "dns" }, { verified: true, check });
  });

/** Says no without saying where; the holder's owners are told by a job in their organization (AV-18). */
async function refuseElsewhere(scope: OrgScope, domain: Domain) {
  const holder = await holderOf(scope, domain.name);
  const noted = await write(scope, async (tx) => {
    if (holder) {
      const payload = { orgId: holder, name: domain.name };
      await addJob(tx, "report-domain-conflict", payload, `domain-conflict:${domain.name}`);
    }
    return done("domain.not_verified", target(domain), { name: domain.name, found: "verified elsewhere" });
  });
  return noted.ok ? refused("domain_elsewhere") : noted;
}

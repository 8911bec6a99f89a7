import "server-only";
import { done, write } from "lib/audit/write";
import { randomToken } from "lib/base/crypto";
import { type Refused, refused } from "lib/base/refusals";
import type { OrgScope } from "lib/scope/scope";
import { getPublicSuffix } from "tldts";
import { isMailProvider } from "./mail-providers";
import type { ClaimDomain } from "./schema";

/** The refusal of a name that nobody can prove as theirs alone: a public suffix, a mail provider's. */
export function refuseShared(name: string): Refused<"domain_invalid" | "domain_mail_provider"> | null {
  if (getPublicSuffix(name, { allowPrivateDomains: true }) === name) return refused("domain_invalid");
  return isMailProvider(name) ? refused("domain_mail_provider") : null;
}

/** Adds a domain as pending, with a random token of its own that must appear in DNS (DF-25). */
export const claimDomain = async (scope: OrgScope, { name }: ClaimDomain) => {
  const shared = refuseShared(name);
  if (shared) return shared;
  return write(scope, async (tx) => {
    const { id } = await tx.domain.create({
      data: { orgId: scope.orgId, name, status: "pending", proofToken: randomToken() },
      select: { id: true },
    });
    return done("domain.added", { kind: "domain", id, name }, { name }, { domainId: id, name });
  });
};

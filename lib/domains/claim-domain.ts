import "server-only";
import { done, write } from "lib/audit/write";
import { randomToken } from "lib/base/crypto";
import { refused } from "lib/base/refusals";
import type { OrgScope } from "lib/scope/scope";
import { getPublicSuffix } from "tldts";
import { isMailProvider } from "./mail-providers";
import type { ClaimDomain } from "./schema";

/** Adds a domain as pending, with a random token of its own that must appear in DNS (DF-25). */
export const claimDomain = async (scope: OrgScope, { name }: ClaimDomain) => {
  if (getPublicSuffix(name, { allowPrivateDomains: true }) === name) return refused("domain_invalid");
  if (isMailProvider(name)) return refused("domain_mail_provider");
  return write(scope, async (tx) => {
    const { id } = await tx.domain.create({
      data: { orgId: scope.orgId, name, status: "pending", proofToken: randomToken() },
      select: { id: true },
    });
    return done("domain.added", { kind: "domain", id, name }, { name }, { domainId: id, name });
  });
};

"use server";
import { claimDomain } from "lib/domains/claim-domain";
import { removeDomain } from "lib/domains/remove-domain";
import { claimDomainInput, removeDomainInput, verifyDomainInput } from "lib/domains/schema";
import { verifyDomain } from "lib/domains/verify-domain";
import { orgAction } from "lib/gates/org-action";

export const claimDomainAction = orgAction("domain:create", claimDomainInput, claimDomain);
export const verifyDomainAction = orgAction("domain:verify", verifyDomainInput, verifyDomain);
export const removeDomainAction = orgAction("domain:remove", removeDomainInput, removeDomain);

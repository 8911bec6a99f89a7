import "server-only";
import { done, write } from "lib/audit/write";
import { refused } from "lib/base/refusals";
import type { OrgScope } from "lib/scope/scope";
import type { RemoveDomain } from "./schema";

/** Removes a domain that no connection uses; its name is free for whoever proves it. Added again, it gets a new token. */
export const removeDomain = (scope: OrgScope, { domainId, confirmation }: RemoveDomain) =>
  write(scope, async (tx) => {
    const where = { orgId: scope.orgId, id: domainId };
    const domain = await tx.domain.findFirst({ where, include: { connection: { select: { name: true } } } });
    if (!domain) return refused("not_found");
    const { name, connection } = domain;
    if (connection) return refused("domain_linked", { connection: connection.name });
    if (confirmation.toLowerCase() !== name) return refused("confirmation_differs", { name });
    const { count } = await tx.domain.deleteMany({ where: { ...where, connectionId: null } });
    if (count === 0) return refused("stale_version");
    await tx.domainClaim.deleteMany({ where: { orgId: scope.orgId, name } });
    return done("domain.removed", { kind: "domain", id: domainId, name }, { name });
  });

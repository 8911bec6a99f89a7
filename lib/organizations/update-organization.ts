import "server-only";
import { done, unchanged, write } from "lib/audit/write";
import { refused } from "lib/base/refusals";
import type { OrgScope } from "lib/scope/scope";
import type { UpdateOrganization } from "./schema";

export const updateOrganization = (scope: OrgScope, { version, name, support, logDays }: UpdateOrganization) =>
  write(scope, async (tx) => {
    const before = await tx.organization.findUniqueOrThrow({ where: { id: scope.orgId } });
    const after = { name, support: support || null, logDays: logDays ?? before.logDays };
    const target = { kind: "organization", id: scope.orgId, name } as const;
    const changes = { before: { name: before.name, support: before.support, logDays: before.logDays }, after };
    if (before.name === name && before.support === after.support && before.logDays === after.logDays) {
      return unchanged("organization.updated", target, changes);
    }
    const { count } = await tx.organization.updateMany({
      where: { id: scope.orgId, version },
      data: { ...after, version: { increment: 1 } },
    });
    return count === 0 ? refused("stale_version") : done("organization.updated", target, changes);
  });

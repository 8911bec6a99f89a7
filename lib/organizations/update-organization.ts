import "server-only";
import { done, unchanged, write } from "lib/audit/write";
import { refused } from "lib/base/refusals";
import type { OrgScope } from "lib/scope/scope";
import type { UpdateOrganization } from "./schema";

const settings = { name: true, support: true, logDays: true, byHand: true } as const;

/** Changes what the whole organization shows and allows; a setting that is left out stays. */
export const updateOrganization = (scope: OrgScope, { version, name, support, ...others }: UpdateOrganization) =>
  write(scope, async (tx) => {
    const before = await tx.organization.findUniqueOrThrow({ where: { id: scope.orgId }, select: settings });
    const after = {
      name,
      support: support || null,
      logDays: others.logDays ?? before.logDays,
      byHand: others.byHand ?? before.byHand,
    };
    const target = { kind: "organization", id: scope.orgId, name } as const;
    const changes = { before, after };
    if ((Object.keys(settings) as (keyof typeof settings)[]).every((setting) => before[setting] === after[setting])) {
      return unchanged("organization.updated", target, changes);
    }
    const { count } = await tx.organization.updateMany({
      where: { id: scope.orgId, version },
      data: { ...after, version: { increment: 1 } },
    });
    return count === 0 ? refused("stale_version") : done("organization.updated", target, changes);
  });

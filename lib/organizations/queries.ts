import "server-only";
import { db } from "lib/base/db";
import type { OrgScope } from "lib/scope/scope";

export const readOrganization = (scope: OrgScope) =>
  db.organization.findUniqueOrThrow({
    where: { id: scope.orgId },
    select: {
      id: true,
      name: true,
      slug: true,
      support: true,
      signInId: true,
      byHand: true,
      logDays: true,
      version: true,
      createdAt: true,
    },
  });

import "server-only";
import { db, readSql } from "lib/base/db";
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

/** How many days the logs of requests are kept. */
export async function readLogDays({ orgId }: OrgScope): Promise<number> {
  const [found] = await readSql<{
    days: number;
  }>`SELECT "logDays" AS days FROM "Organization" WHERE id = ${orgId}::uuid`;
  return found?.days ?? 0;
}

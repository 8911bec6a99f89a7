import "server-only";
import { done, write } from "lib/audit/write";
import { minutesAgo } from "lib/base/clock";
import { db } from "lib/base/db";
import { accepted } from "lib/base/refusals";
import type { OrgScope } from "lib/scope/scope";
import { z } from "zod";

export const reportConflictInput = z.object({ orgId: z.uuid(), name: z.string() });

/** Tells the holder's owners that somebody else tried to verify their domain: at most one event an hour, without a name. */
export async function reportConflict(scope: OrgScope, { name }: { name: string }) {
  const { orgId } = scope;
  const domain = await db.domain.findFirst({
    where: { orgId, name, status: { not: "pending" } },
    select: { id: true },
  });
  if (!domain) return accepted(undefined);
  const told = await db.auditEvent.findFirst({
    where: { orgId, action: "domain.conflict", targetId: domain.id, at: { gt: minutesAgo(60) } },
    select: { id: true },
  });
  if (told) return accepted(undefined);
  return write(scope, async () => done("domain.conflict", { kind: "domain", id: domain.id, name }, { name }));
}

import "server-only";
import { done, write } from "lib/audit/write";
import { minutesAgo } from "lib/base/clock";
import { db } from "lib/base/db";
import { accepted } from "lib/base/refusals";
import type { OrgScope } from "lib/scope/scope";
import { z } from "zod";

export const reportConflictInput = z.object({
  orgId: z.uuid(),
  name: z.string(),
  /** What the others tried: to verify the domain, or to sign in with an address of it. */
  event: z.enum(["domain.conflict", "domain.asserted_elsewhere"]).default("domain.conflict"),
});

type Conflict = { name: string; event?: z.infer<typeof reportConflictInput>["event"] };

/** Tells the holder's owners that others laid hands on their domain: at most one event an hour, without a name. */
export async function reportConflict(scope: OrgScope, { name, event = "domain.conflict" }: Conflict) {
  const { orgId } = scope;
  const domain = await db.domain.findFirst({
    where: { orgId, name, status: { not: "pending" } },
    select: { id: true },
  });
  if (!domain) return accepted(undefined);
  const told = await db.auditEvent.findFirst({
    where: { orgId, action: event, targetId: domain.id, at: { gt: minutesAgo(60) } },
    select: { id: true },
  });
  if (told) return accepted(undefined);
  return write(scope, async () => done(event, { kind: "domain", id: domain.id, name }, { name }));
}

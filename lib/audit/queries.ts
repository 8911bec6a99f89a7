import "server-only";
import { firstIdAt } from "lib/base/crypto";
import { db, readQuery } from "lib/base/db";
import { keysetOf, type Page, pageOf } from "lib/base/keyset";
import type { OrgScope } from "lib/scope/scope";
import { Prisma } from "prisma/client/client";
import { type EventName, eventWords } from "./events";
import type { AuditFilter, AuditRow } from "./schema";

/** The name of an event in words; an older version's event keeps its name. */
export const actionInWords = (action: string): string => eventWords[action as EventName] ?? action;

const inOrder = new Intl.Collator("en");
const options = Object.entries(eventWords)
  .map(([value, words]) => ({ value, label: `${words.charAt(0).toUpperCase()}${words.slice(1)}` }))
  .sort((a, b) => inOrder.compare(a.label, b.label));

/** For the filter: every kind of event, in words. */
export const actionOptions = (): readonly { value: string; label: string }[] => options;

/** One page of events, newest first. A search word is a reference, or part of an actor's or target's name. */
export async function listEvents(scope: OrgScope, filter: AuditFilter): Promise<Page<AuditRow>> {
  const { place, step, direction, take } = keysetOf(filter, true);
  const { q, action, actor, target, from, to } = filter;
  const compare = Prisma.raw(step === "lt" ? "<" : ">");
  const part = `%${q.replace(/[\\%_]/g, "\\$&")}%`;
  const where = [
    Prisma.sql`e."orgId" = ${scope.orgId}::uuid`,
    ...(action ? [Prisma.sql`e.action = ${action}`] : []),
    ...(actor ? [Prisma.sql`e."actorId" = ${actor}`] : []),
    ...(target ? [Prisma.sql`e."targetId" = ${target}`] : []),
    ...(from ? [Prisma.sql`e.at >= ${`${from}T00:00:00Z`}::timestamptz`] : []),
    ...(to ? [Prisma.sql`e.at <= ${`${to}T23:59:59.999Z`}::timestamptz`] : []),
    ...(place ? [Prisma.sql`e.id ${compare} ${place.id}::uuid`] : []),
    ...(q
      ? [Prisma.sql`(e.reference = ${q.toUpperCase()} OR e."actorName" ILIKE ${part} OR e."targetName" ILIKE ${part})`]
      : []),
  ];
  const found = await readQuery<AuditRow>(Prisma.sql`
    SELECT e.id, e.at, e.action, e.outcome, e."actorKind", e."actorName", e."targetKind", e."targetId", e."targetName",
           e.payload, e.reference, e."clientAddress", e."userAgent"
      FROM "AuditEvent" e WHERE ${Prisma.join(where, " AND ")}
     ORDER BY e.id ${Prisma.raw(direction === "asc" ? "ASC" : "DESC")} LIMIT ${take}`);
  return pageOf(found, filter, place, (event) => ({ key: "", id: event.id }));
}

/** The last few events, for the overview. */
export const listLatestEvents = (scope: OrgScope, take: number) =>
  db.auditEvent.findMany({ where: { orgId: scope.orgId }, orderBy: { id: "desc" }, take });

const minute = 60_000;

/** The events that belong to one message on the wire: written with it, or by the request that people quote. */
export const listEventsOf = (
  scope: OrgScope,
  { at, reference, auditEventId }: { at: Date; reference: string; auditEventId: string | null },
) =>
  db.auditEvent.findMany({
    where: {
      orgId: scope.orgId,
      // A sign-in lasts minutes, and ids grow with time: the key finds its events.
      id: { gte: firstIdAt(new Date(at.getTime() - minute)), lt: firstIdAt(new Date(at.getTime() + 60 * minute)) },
      OR: [{ reference }, ...(auditEventId ? [{ id: auditEventId }] : [])],
    },
    orderBy: { id: "asc" },
    take: 20,
  });

import "server-only";
import { firstIdAt } from "lib/base/crypto";
import { db } from "lib/base/db";
import { keysetOf, pageOf } from "lib/base/keyset";
import type { OrgScope } from "lib/scope/scope";
import type { Prisma } from "prisma/client/client";
import { type EventName, eventWords } from "./events";
import type { AuditFilter } from "./schema";

/** The name of an event in words; an older version's event keeps its name. */
export const actionInWords = (action: string): string => eventWords[action as EventName] ?? action;

const inOrder = new Intl.Collator("en");
const options = Object.entries(eventWords)
  .map(([value, words]) => ({ value, label: `${words.charAt(0).toUpperCase()}${words.slice(1)}` }))
  .sort((a, b) => inOrder.compare(a.label, b.label));

/** For the filter: every kind of event, in words. */
export const actionOptions = (): readonly { value: string; label: string }[] => options;

/** One page of events, newest first. A search word is a reference, or part of an actor's or target's name. */
export async function listEvents(scope: OrgScope, filter: AuditFilter) {
  const { place, step, direction, take } = keysetOf(filter, true);
  const at: Prisma.DateTimeFilter = {
    ...(filter.from ? { gte: new Date(`${filter.from}T00:00:00Z`) } : {}),
    ...(filter.to ? { lte: new Date(`${filter.to}T23:59:59.999Z`) } : {}),
  };
  const where: Prisma.AuditEventWhereInput = {
    orgId: scope.orgId,
    ...(filter.action ? { action: filter.action } : {}),
    ...(filter.actor ? { actorId: filter.actor } : {}),
    ...(filter.target ? { targetId: filter.target } : {}),
    ...(Object.keys(at).length ? { at } : {}),
    ...(place ? { id: { [step]: place.id } } : {}),
    ...(filter.q
      ? {
          OR: [
            { reference: filter.q.toUpperCase() },
            { actorName: { contains: filter.q, mode: "insensitive" } },
            { targetName: { contains: filter.q, mode: "insensitive" } },
          ],
        }
      : {}),
  };
  const found = await db.auditEvent.findMany({ where, orderBy: { id: direction }, take });
  return pageOf(found, filter, place, (event) => ({ key: "", id: event.id }));
}

export type AuditRow = Awaited<ReturnType<typeof listEvents>>["rows"][number];

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

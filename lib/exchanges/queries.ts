import "server-only";
import { firstIdAt } from "lib/base/crypto";
import { db } from "lib/base/db";
import { keysetOf, type Page, pageOf } from "lib/base/keyset";
import type { OrgScope } from "lib/scope/scope";
import type { Prisma } from "prisma/client/client";
import type { SignInFilter } from "./schema";

const rowSelect = {
  id: true,
  at: true,
  reference: true,
  outcome: true,
  code: true,
  person: true,
  summary: true,
  detail: true,
  connectionId: true,
  userId: true,
} satisfies Prisma.ExchangeSelect;

/** A sign-in that the browser never came back from is not in progress for ever. */
const answerMinutes = 10;

export type SignInOutcome = "started" | "succeeded" | "failed" | "unanswered";

export const outcomeOf = (row: { outcome: string; at: Date }, now: Date): SignInOutcome =>
  row.outcome === "started" && now.getTime() - row.at.getTime() > answerMinutes * 60_000
    ? "unanswered"
    : (row.outcome as SignInOutcome);

export type SignInRow = Prisma.ExchangeGetPayload<{ select: typeof rowSelect }>;

/** One page of sign-in attempts, newest first. A search word is a reference, or a part of the person's address. */
export async function listSignIns(scope: OrgScope, filter: SignInFilter): Promise<Page<SignInRow>> {
  const { place, step, direction, take } = keysetOf(filter, true);
  const at: Prisma.DateTimeFilter = {
    ...(filter.from ? { gte: new Date(`${filter.from}T00:00:00Z`) } : {}),
    ...(filter.to ? { lte: new Date(`${filter.to}T23:59:59.999Z`) } : {}),
  };
  const where: Prisma.ExchangeWhereInput = {
    orgId: scope.orgId,
    kind: "sso",
    ...(filter.outcome.length ? { outcome: { in: filter.outcome } } : {}),
    ...(filter.connection.length ? { connectionId: { in: filter.connection } } : {}),
    ...(filter.user ? { userId: filter.user } : {}),
    ...(Object.keys(at).length ? { at } : {}),
    ...(place ? { id: { [step]: place.id } } : {}),
    ...(filter.q
      ? { OR: [{ reference: filter.q.toUpperCase() }, { person: { contains: filter.q, mode: "insensitive" } }] }
      : {}),
  };
  const found = await db.exchange.findMany({ where, select: rowSelect, orderBy: { id: direction }, take });
  return pageOf(found, filter, place, (row) => ({ key: "", id: row.id }));
}

/** One sign-in with all that is kept of it; null for another organization's. */
export const readSignIn = (scope: OrgScope, id: string) =>
  db.exchange.findFirst({
    where: { orgId: scope.orgId, id, kind: "sso" },
    select: { ...rowSelect, requestBody: true, clientAddress: true, userAgent: true, auditEventId: true },
  });

/** The attempt that people quote by its number, typed in whatever case. */
export const findByReference = (scope: OrgScope, reference: string) =>
  db.exchange.findFirst({
    where: { orgId: scope.orgId, kind: "sso", reference: reference.trim().toUpperCase() },
    select: { id: true },
  });

/** What the error page may show of the attempt that this browser made; the ids come from its own cookie. */
export const readAttempt = ({ orgId, exchangeId }: { orgId: string; exchangeId: string }) =>
  db.exchange.findFirst({
    where: { orgId, id: exchangeId, kind: "sso", outcome: "failed" },
    select: {
      at: true,
      reference: true,
      code: true,
      person: true,
      connectionId: true,
      organization: { select: { name: true, support: true } },
    },
  });

/** How many sign-ins were refused since `since`, by connection; ids grow with time, so the index finds them. */
export async function countFailures(scope: OrgScope, since: Date): Promise<Map<string, number>> {
  const found = await db.exchange.groupBy({
    by: ["connectionId"],
    where: { orgId: scope.orgId, kind: "sso", outcome: "failed", id: { gte: firstIdAt(since) } },
    _count: { _all: true },
  });
  return new Map(found.flatMap(({ connectionId, _count }) => (connectionId ? [[connectionId, _count._all]] : [])));
}

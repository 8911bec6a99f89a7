import "server-only";
import { now } from "lib/base/clock";
import { insertInto } from "lib/base/columns";
import { newId } from "lib/base/crypto";
import { isUnavailable } from "lib/base/db";
import { AppError } from "lib/base/errors";
import { log } from "lib/base/log";
import { prisma, type TransactionClient } from "lib/base/prisma";
import { type Accepted, type Reason, type Refused, refused, uniqueReasons } from "lib/base/refusals";
import { type ExchangeFacts, exchangeStatement } from "lib/exchanges/record-exchange";
import type { OrgScope } from "lib/scope/scope";
import { Prisma } from "prisma/client/client";
import { type EventName, type EventPayloads, refusedEvents, type Target } from "./events";

/** What a verb may write with: everything but the ledgers, which this door writes itself. */
export type WriteClient = Omit<
  TransactionClient,
  "auditEvent" | "exchange" | "jacksonStore" | "jacksonIndex" | "rateLimit"
>;

type Extras = { exchange?: ExchangeFacts };
type Event = { name: EventName; outcome: "done" | "unchanged" | "refused"; target: Target; payload: object };
type Written<V> = { written: true; value: V; event: Event } & Extras;

/** The change is made: commit it with this event, then answer `value`. */
export function done<N extends EventName, V = undefined>(
  name: N,
  target: Target,
  payload: EventPayloads[N],
  value?: V,
  extras: Extras = {},
): Written<V> {
  const outcome = refusedEvents.has(name) ? "refused" : "done";
  return { written: true, value: value as V, event: { name, outcome, target, payload }, ...extras };
}

/** Asked for what is already so: an event, but nothing changed. */
export function unchanged<N extends EventName, V = undefined>(
  name: N,
  target: Target,
  payload: EventPayloads[N],
  value?: V,
  extras: Extras = {},
): Written<V> {
  return { written: true, value: value as V, event: { name, outcome: "unchanged", target, payload }, ...extras };
}

/** Rolls the transaction back by leaving it. */
class RolledBack extends Error {
  constructor(readonly refusal: Refused) {
    super(refusal.reason);
  }
}

/** Ends a rehearsal: all was done that a write does, and nothing of it stays. */
class Rehearsed extends Error {}

const maxTries = 6;

type Cause = { kind?: string; constraint?: { index?: string } };

/** What PostgreSQL said (Prisma 7 with adapter-pg), alike for models and for statements of ours. */
const causeOf = (error: unknown): Cause =>
  error instanceof Prisma.PrismaClientKnownRequestError
    ? ((error.meta as { driverAdapterError?: { cause?: Cause } } | undefined)?.driverAdapterError?.cause ?? {})
    : {};

/** The index that a unique violation ran into. */
function constraintOf(error: unknown): string | undefined {
  const { kind, constraint } = causeOf(error);
  return kind === "UniqueConstraintViolation" ? constraint?.index : undefined;
}

const isRetryable = (error: unknown) =>
  error instanceof Prisma.PrismaClientKnownRequestError &&
  (error.code === "P2034" || /40P01|40001|deadlock detected/.test(JSON.stringify(error.meta ?? "") + error.message));

/**
 * The one door for changes: opens a transaction, lets `work` change rows with it, and commits them together with
 * exactly one audit event (and, for a message on the wire, its exchange row). A refusal rolls everything back, and so
 * does a rehearsal (lib/scope/rehearsal.ts), which answers what it would have done.
 * `work` runs again after a deadlock, so it touches nothing but `tx`. Throws AppError("unavailable") where the
 * database is away or deadlocks do not end; when the connection breaks during the commit it looks whether its event
 * is there.
 */
export async function write<V, R extends Reason = never>(
  scope: OrgScope,
  work: (tx: WriteClient) => Promise<Written<V> | Refused<R>>,
): Promise<Accepted<V> | Refused<R | Reason>> {
  for (let attempt = 1; ; attempt++) {
    const eventId = newId();
    let result: Written<V> | undefined;
    let isCommitting = false;
    try {
      await prisma().$transaction(
        async (tx) => {
          const outcome = await work(tx);
          if (!("written" in outcome)) throw new RolledBack(outcome);
          result = outcome;
          await tx.$executeRaw(ledgerStatement(scope, eventId, outcome));
          if (scope.rehearsal) throw new Rehearsed();
          isCommitting = true;
        },
        { maxWait: 3_000, timeout: 20_000 },
      );
      return { ok: true, value: (result as Written<V>).value };
    } catch (error) {
      if (error instanceof RolledBack) return error.refusal as Refused<R>;
      if (error instanceof Rehearsed) return { ok: true, value: (result as Written<V>).value };
      const reason = uniqueReasons[constraintOf(error) ?? ""];
      if (reason) return refused(reason);
      if (isRetryable(error) && attempt < maxTries) {
        await new Promise((resolve) => setTimeout(resolve, 5 + Math.random() * 20 * attempt));
        continue;
      }
      if (!isRetryable(error) && !isUnavailable(error)) throw error;
      if (isCommitting && result && (await isCommitted(scope.orgId, eventId))) return { ok: true, value: result.value };
      log().warn({ error: (error as Error).message }, "database unavailable during a write");
      // An event that is not there may be there in a moment: a server ends the commit that it has read.
      throw new AppError("unavailable", { retryAfter: 30, ...(isCommitting ? { inDoubt: true } : {}) });
    }
  }
}

/** True for a unique violation of this index: for races that a verb wants to answer itself. */
export const violates = (error: unknown, index: string) => constraintOf(error) === index;

/** True where a row points to one that is gone. */
export const pointsNowhere = (error: unknown) => causeOf(error).kind === "ForeignKeyConstraintViolation";

/** True where the write of this event is seen to be there. */
async function isCommitted(orgId: string, id: string): Promise<boolean> {
  try {
    return (await prisma().auditEvent.count({ where: { orgId, id } })) === 1;
  } catch {
    return false;
  }
}

/** The event and, for a message on the wire, its exchange row: one statement, the last before the commit. */
function ledgerStatement(scope: OrgScope, id: string, { event, exchange }: Written<unknown>): Prisma.Sql {
  const { actor, request } = scope;
  const row = {
    id,
    orgId: scope.orgId,
    at: now(),
    action: event.name,
    outcome: event.outcome,
    actorKind: actor.kind,
    actorId: actor.id,
    actorName: actor.name,
    targetKind: event.target.kind,
    targetId: event.target.id,
    targetName: event.target.name,
    payload: event.payload,
    // The number that people quote is the exchange's, which a sign-in keeps over several requests.
    reference: exchange?.reference ?? request.reference,
    clientAddress: request.clientAddress,
    userAgent: request.userAgent,
  };
  const inserted = insertInto("AuditEvent", [row]);
  return exchange ? Prisma.sql`WITH event AS (${inserted}) ${exchangeStatement(scope, exchange, id)}` : inserted;
}

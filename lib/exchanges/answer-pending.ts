import "server-only";
import { minutesAgo, now } from "lib/base/clock";
import { seal, sha256 } from "lib/base/crypto";
import { db } from "lib/base/db";
import { prisma } from "lib/base/prisma";
import type { OrgScope } from "lib/scope/scope";
import { pendingMinutes } from "./open-pending";
import { type ExchangeFacts, recordExchangeIn } from "./record-exchange";

export type Pending = {
  id: string;
  requestId: string;
  stage: string;
  versionNumber: number;
  createdAt: Date;
  exchangeId: string | null;
  reference: string | null;
};

/** The sign-in that a RelayState of ours belongs to, if it was begun at this very connection. */
export const findPending = (scope: OrgScope, connectionId: string, relayState: string): Promise<Pending | null> =>
  db.pendingSignIn.findFirst({
    where: { relayHash: sha256(relayState), orgId: scope.orgId, connectionId },
    select: {
      id: true,
      requestId: true,
      stage: true,
      versionNumber: true,
      createdAt: true,
      exchangeId: true,
      reference: true,
    },
  });

export const isTooOld = (pending: Pending): boolean => pending.createdAt <= minutesAgo(pendingMinutes);

export const identityContext = (pendingId: string) => `PendingSignIn.identity.${pendingId}`;

export type Answer = {
  connectionId: string;
  pendingId: string;
  /** What the guard verified; sealed before it is stored. */
  identity: object;
  /** Set where the code is ours and not Jackson's. */
  code?: string;
  assertion: { id: string; expiresAt: Date };
  exchange: ExchangeFacts & { id: string };
};

export type Answered =
  | { outcome: "answered" }
  | { outcome: "used"; reference: string | null }
  | { outcome: "replayed"; reference: string | null; usedAt: Date | null };

/** Rolls back: the sign-in was answered by somebody faster, or the assertion was used before. */
class Lost extends Error {
  constructor(readonly what: "used" | "replayed") {
    super(what);
  }
}

/**
 * Takes the pending sign-in, inserts the assertion's replay row and updates the exchange, all or nothing. The replay
 * row comes last of all checks, so a message that fails elsewhere cannot burn an assertion's ID (sign-in.md 4.5).
 */
export async function answerPending(scope: OrgScope, answer: Answer): Promise<Answered> {
  const hash = sha256(`${answer.connectionId}\n${answer.assertion.id}`);
  const { orgId } = scope;
  try {
    await prisma().$transaction(async (tx) => {
      const taken = await tx.pendingSignIn.updateMany({
        where: {
          id: answer.pendingId,
          orgId,
          connectionId: answer.connectionId,
          stage: "sent",
          expiresAt: { gt: now() },
        },
        data: {
          stage: "answered",
          answeredAt: now(),
          identity: seal(JSON.stringify(answer.identity), identityContext(answer.pendingId)),
          codeHash: answer.code ? sha256(answer.code) : null,
          exchangeId: answer.exchange.id,
          reference: answer.exchange.reference,
        },
      });
      if (taken.count === 0) throw new Lost("used");
      const first = await tx.consumedAssertion.createMany({
        data: [
          {
            hash,
            orgId,
            exchangeId: answer.exchange.id,
            reference: answer.exchange.reference ?? scope.request.reference,
            usedAt: now(),
            expiresAt: answer.assertion.expiresAt,
          },
        ],
        skipDuplicates: true,
      });
      if (first.count === 0) throw new Lost("replayed");
      await recordExchangeIn(tx, scope, answer.exchange, null);
    });
    return { outcome: "answered" };
  } catch (error) {
    if (!(error instanceof Lost)) throw error;
    if (error.what === "used") {
      const pending = await db.pendingSignIn.findFirst({
        where: { id: answer.pendingId, orgId },
        select: { reference: true },
      });
      return { outcome: "used", reference: pending?.reference ?? null };
    }
    const used = await db.consumedAssertion.findUnique({ where: { hash }, select: { reference: true, usedAt: true } });
    return { outcome: "replayed", reference: used?.reference ?? null, usedAt: used?.usedAt ?? null };
  }
}

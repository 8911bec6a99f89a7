import "server-only";
import { minutesFromNow, now } from "lib/base/clock";
import { newId, seal, sha256, unseal } from "lib/base/crypto";
import { db } from "lib/base/db";
import { prisma } from "lib/base/prisma";
import type { OrgScope } from "lib/scope/scope";
import type { Prisma } from "prisma/client/client";

/** How long a person may take at the identity provider. */
export const pendingMinutes = 10;

/** Where the browser is sent: by a link or by a form that posts. Sealed, since it carries the request. */
export type Destination = { provider: string } & (
  | { binding: "redirect"; url: string }
  | { binding: "post"; url: string; fields: Record<string, string> }
);

export type NewPending = {
  connection: { id: string; liveNumber: number };
  requestId: string;
  relayState: string;
  state: string;
  challenge: string;
  returnPath: string;
  destination: Destination;
};

const context = (id: string) => `PendingSignIn.destination.${id}`;

/** Stores a sign-in that is on its way, and its row "In progress" in Sign-in activity. Answers its id. */
export async function openPending(scope: OrgScope, opened: NewPending): Promise<string> {
  const id = newId();
  const exchangeId = newId();
  const { orgId, request } = scope;
  await prisma().$transaction([
    prisma().exchange.create({
      data: {
        id: exchangeId,
        orgId,
        kind: "sso",
        reference: request.reference,
        connectionId: opened.connection.id,
        outcome: "started",
        summary: "Sign-in started from Gatehouse",
        detail: { flow: "sp" } satisfies Prisma.InputJsonObject,
        clientAddress: request.clientAddress,
        userAgent: request.userAgent,
      },
    }),
    prisma().pendingSignIn.create({
      data: {
        id,
        orgId,
        connectionId: opened.connection.id,
        versionNumber: opened.connection.liveNumber,
        kind: "sign-in",
        relayHash: sha256(opened.relayState),
        stateHash: sha256(opened.state),
        requestId: opened.requestId,
        destination: seal(JSON.stringify({ ...opened.destination, state: opened.state }), context(id)),
        challenge: opened.challenge,
        returnPath: opened.returnPath,
        exchangeId,
        reference: request.reference,
        createdAt: now(),
        expiresAt: minutesFromNow(pendingMinutes),
      },
    }),
  ]);
  return id;
}

type Sealed = Destination & { state: string };

async function readSealed(id: string): Promise<Sealed | null> {
  const pending = await db.pendingSignIn.findFirst({
    where: { id, stage: "sent", expiresAt: { gt: now() } },
    select: { destination: true },
  });
  return pending && (JSON.parse(unseal(pending.destination, context(id))) as Sealed);
}

/** Where /sign-in/go/{id} leads; null where the sign-in is unknown, answered or over. */
export const findDestination = (id: string): Promise<Destination | null> => readSealed(id);

/** next-auth's state of a sign-in that is not answered yet: the callback's address needs it. */
export const findState = async (id: string): Promise<string | null> => (await readSealed(id))?.state ?? null;

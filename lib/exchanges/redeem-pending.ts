import "server-only";
import { minutesAgo, minutesFromNow, now } from "lib/base/clock";
import { randomToken, sha256, unseal } from "lib/base/crypto";
import { db } from "lib/base/db";
import { prisma } from "lib/base/prisma";
import { identityContext } from "./answer-pending";

/** How long the code of the callback may lie. */
const codeMinutes = 5;
const proofMinutes = 10;

export type Redeemed<I> = {
  id: string;
  orgId: string;
  connectionId: string;
  versionNumber: number;
  returnPath: string;
  challenge: string;
  codeHash: string | null;
  exchangeId: string;
  reference: string;
  identity: I;
};

const select = {
  id: true,
  orgId: true,
  connectionId: true,
  versionNumber: true,
  returnPath: true,
  challenge: true,
  codeHash: true,
  exchangeId: true,
  reference: true,
  identity: true,
} as const;

type Row = Omit<Redeemed<unknown>, "identity" | "exchangeId" | "reference"> & {
  identity: string | null;
  exchangeId: string | null;
  reference: string | null;
};

function opened<I>(row: Row): Redeemed<I> {
  if (!row.identity || !row.exchangeId || !row.reference) throw new Error("An answered sign-in without its identity");
  return {
    ...row,
    exchangeId: row.exchangeId,
    reference: row.reference,
    identity: JSON.parse(unseal(row.identity, identityContext(row.id))) as I,
  };
}

/** Takes an answered sign-in by its state: of any number of callbacks at once, one gets it. */
export async function redeemPending<I>(state: string): Promise<Redeemed<I> | null> {
  const row = await takeRow(
    { stateHash: sha256(state), stage: "answered", answeredAt: { gt: minutesAgo(codeMinutes) } },
    { stage: "redeemed" },
  );
  return row && opened<I>(row);
}

async function takeRow(where: object, data: object): Promise<Row | null> {
  const [row] = await prisma().pendingSignIn.updateManyAndReturn({
    where: { ...where, expiresAt: { gt: now() } },
    data,
    select,
  });
  return row ?? null;
}

/** Whose sign-in a state belongs to, for the record of a callback that was refused; takes nothing. */
export const findByState = (state: string) =>
  db.pendingSignIn.findUnique({
    where: { stateHash: sha256(state) },
    select: { id: true, orgId: true, connectionId: true, stage: true, exchangeId: true, reference: true },
  });

/** Lets a redeemed sign-in wait for "Confirm it is you" and answers the value that only this browser gets. */
export async function awaitProof(id: string, userId: string): Promise<string> {
  const token = randomToken();
  await prisma().pendingSignIn.updateMany({
    where: { id, stage: "redeemed" },
    data: { stage: "proof", userId, codeHash: sha256(token), expiresAt: minutesFromNow(proofMinutes) },
  });
  return token;
}

export type AwaitedProof<I> = Redeemed<I> & { userId: string };

/** The sign-in that waits for its proof, by the browser's value; null where it is over. */
export async function findProof<I>(token: string | null): Promise<AwaitedProof<I> | null> {
  if (!token) return null;
  const row = await db.pendingSignIn.findFirst({
    where: { codeHash: sha256(token), stage: "proof", expiresAt: { gt: now() } },
    select: { ...select, userId: true },
  });
  return row?.userId ? { ...opened<I>(row), userId: row.userId } : null;
}

/** Uses the waiting sign-in up; false where another request was faster. */
export async function takeProof(id: string): Promise<boolean> {
  return (await takeRow({ id, stage: "proof" }, { stage: "redeemed" })) !== null;
}

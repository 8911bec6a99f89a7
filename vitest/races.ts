import { prisma, type TransactionClient } from "lib/base/prisma";
import { expect } from "vitest";

/** Does this in a transaction that stays open, with all its locks, until `commit`. */
export async function holdOpen(work: (tx: TransactionClient) => Promise<unknown>) {
  let end = () => {};
  const ended = new Promise<void>((resolve) => {
    end = resolve;
  });
  let ready = () => {};
  const isReady = new Promise<void>((resolve) => {
    ready = resolve;
  });
  const transaction = prisma().$transaction(async (tx) => {
    await work(tx);
    ready();
    await ended;
  });
  await Promise.race([isReady, transaction]);
  const commit = async () => {
    end();
    await transaction;
  };
  return { commit };
}

/** Until so many statements of this test's database wait for a lock. */
export const waiting = (statements = 1) =>
  expect
    .poll(async () => {
      const rows = await prisma().$queryRaw<unknown[]>`
        SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`;
      return rows.length;
    })
    .toBeGreaterThanOrEqual(statements);

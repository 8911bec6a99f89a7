import "server-only";
import { now } from "lib/base/clock";
import { firstIdAt } from "lib/base/crypto";
import { prisma } from "lib/base/prisma";
import { z } from "zod";

// graphile-worker gives a timetable's task the time it was due; nothing here needs it.
export const pruneRecordsInput = z.unknown();

const day = 24 * 3_600_000;
/** So many rows a statement: a long night's work never holds a lock for long. */
const batch = 5_000;

/** What is over, by the table and the column that says when. Kept for a day longer, for whoever asks what happened. */
const expiring = ["Session", "PendingSignIn", "ConsumedAssertion", "OneTimeLink", "JacksonStore"] as const;

/**
 * Deletes what is over: sign-ins, sessions, replay rows, links, counters, and the wire's records as each organization
 * wants. One that fails keeps none of the others.
 */
export async function pruneRecords(): Promise<void> {
  const yesterday = new Date(now().getTime() - day);
  const failures: unknown[] = [];
  const inBatches = async (work: () => Promise<number>) => {
    try {
      while ((await work()) === batch);
    } catch (error) {
      failures.push(error);
    }
  };
  for (const table of expiring) {
    await inBatches(() =>
      prisma().$executeRawUnsafe(
        `DELETE FROM "${table}" WHERE ctid = ANY(ARRAY(SELECT ctid FROM "${table}" WHERE "expiresAt" < $1 LIMIT ${batch}))`,
        yesterday,
      ),
    );
  }
  await inBatches(
    () => prisma().$executeRaw`
      DELETE FROM "RateLimit" WHERE ctid = ANY(ARRAY(
        SELECT ctid FROM "RateLimit" WHERE expire < ${yesterday.getTime()} LIMIT ${batch}))`,
  );
  for (const { id, logDays } of await prisma().organization.findMany({ select: { id: true, logDays: true } })) {
    const oldest = firstIdAt(new Date(now().getTime() - logDays * day));
    await inBatches(() => pruneExchanges(id, oldest));
  }
  if (failures.length > 0) throw new AggregateError(failures, `prune-records: ${failures.map(String).join("; ")}`);
}

/** ids grow with time: the key finds what is old, whatever its kind. */
const pruneExchanges = (orgId: string, oldest: string): Promise<number> =>
  prisma().$executeRaw`
    DELETE FROM "Exchange" WHERE ctid = ANY(ARRAY(
      SELECT ctid FROM "Exchange" WHERE "orgId" = ${orgId}::uuid AND id < ${oldest}::uuid LIMIT ${batch}))`;

import "server-only";
import { AppError } from "lib/base/errors";

const atOnce = 16;
const longestWaitMs = 3_000;
const burst = 10;
const mostBuckets = 1_000;

type Bucket = { points: number; filledAt: number; running: number; waiting: (() => void)[] };

// Per process, by directory: a request below the limit adds no statement to the database.
const buckets = new Map<string, Bucket>();

export type RatePass = { charge: (points: number) => void; leave: () => void };

/**
 * Lets a request of a directory in: `rate` a second with a burst of ten times that, 16 at once; more wait up to 3 s.
 * rate 0 = no limit by time. Throws AppError("rate_limited") with whole seconds, since Okta reads nothing else.
 */
export async function enterScim(directoryId: string, rate: number): Promise<RatePass> {
  let bucket = buckets.get(directoryId);
  if (!bucket) {
    if (buckets.size >= mostBuckets) dropFullBuckets();
    bucket = { points: rate * burst, filledAt: performance.now(), running: 0, waiting: [] };
    buckets.set(directoryId, bucket);
  }
  charge(bucket, rate, 1);
  if (bucket.running >= atOnce) await turn(bucket);
  else bucket.running++;
  const mine = bucket;
  return {
    charge: (points) => charge(mine, rate, points),
    leave: () => {
      // The place goes to the one who waits longest, else it is free.
      const next = mine.waiting.shift();
      if (next) next();
      else mine.running--;
    },
  };
}

/** A bucket that nobody used for as long as it takes to fill is as good as a new one. */
function dropFullBuckets(): void {
  const full = performance.now() - burst * 1_000;
  for (const [id, { running, filledAt }] of buckets) if (running === 0 && filledAt < full) buckets.delete(id);
}

function charge(bucket: Bucket, rate: number, points: number): void {
  if (rate === 0) return;
  const now = performance.now();
  bucket.points = Math.min(rate * burst, bucket.points + ((now - bucket.filledAt) / 1000) * rate);
  bucket.filledAt = now;
  if (bucket.points < points) {
    throw new AppError("rate_limited", { retryAfter: Math.max(1, Math.ceil((points - bucket.points) / rate)) });
  }
  bucket.points -= points;
}

function turn(bucket: Bucket): Promise<void> {
  return new Promise((resolve, reject) => {
    const go = () => {
      clearTimeout(timer);
      resolve();
    };
    const timer = setTimeout(() => {
      bucket.waiting.splice(bucket.waiting.indexOf(go), 1);
      reject(new AppError("rate_limited", { retryAfter: 1 }));
    }, longestWaitMs);
    bucket.waiting.push(go);
  });
}

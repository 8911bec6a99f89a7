import "server-only";
import { RateLimiterPostgres, RateLimiterRes } from "rate-limiter-flexible";
import { isUnavailable } from "./db";
import { AppError } from "./errors";
import { pool } from "./prisma";

/** points in seconds, exact over all replicas because they are counted in PostgreSQL. */
const limits = {
  emailStep: { points: 300, seconds: 60 },
  passwordByClient: { points: 10, seconds: 15 * 60 },
  passwordByClientAlone: { points: 60, seconds: 15 * 60 },
  passwordByAccount: { points: 100, seconds: 24 * 3600 },
  mailByAddress: { points: 5, seconds: 15 * 60 },
  mailByClient: { points: 30, seconds: 15 * 60 },
  badBearer: { points: 60, seconds: 60 },
  badResponse: { points: 30, seconds: 60 },
  badResponseNotice: { points: 1, seconds: 60 },
  domainCheck: { points: 1, seconds: 10 },
  metadataFetch: { points: 10, seconds: 60 },
  proof: { points: 10, seconds: 15 * 60 },
  strayResponse: { points: 60, seconds: 60 },
  link: { points: 60, seconds: 60 },
  lastOwnerMail: { points: 1, seconds: 3600 },
} as const;

export type Limit = keyof typeof limits;

const limiters = new Map<Limit, RateLimiterPostgres>();

function limiterOf(name: Limit): RateLimiterPostgres {
  let limiter = limiters.get(name);
  if (!limiter) {
    const { points, seconds } = limits[name];
    limiter = new RateLimiterPostgres({
      storeClient: pool(),
      tableName: "RateLimit",
      tableCreated: true,
      keyPrefix: name,
      points,
      duration: seconds,
    });
    limiters.set(name, limiter);
  }
  return limiter;
}

const seconds = (result: RateLimiterRes) => Math.max(1, Math.ceil(result.msBeforeNext / 1000));

/** Counts one use by `key`. Throws AppError("rate_limited", { retryAfter }) in whole seconds where the limit is passed. */
export async function countUse(name: Limit, key: string): Promise<void> {
  try {
    await limiterOf(name).consume(key);
  } catch (caught) {
    if (caught instanceof RateLimiterRes) throw new AppError("rate_limited", { retryAfter: seconds(caught) });
    if (isUnavailable(caught)) throw new AppError("unavailable", { retryAfter: 30 });
    throw caught;
  }
}

/** True where one more use is within the limit, and counts it. */
export async function isWithinLimit(name: Limit, key: string): Promise<boolean> {
  try {
    await countUse(name, key);
    return true;
  } catch (error) {
    if (error instanceof AppError && error.code === "rate_limited") return false;
    throw error;
  }
}

/** Takes a counted use back, where only failures are meant to count. */
export async function giveBack(name: Limit, key: string): Promise<void> {
  await limiterOf(name).reward(key);
}

/** True where the limit was passed before; counts nothing. */
export async function isOverLimit(name: Limit, key: string): Promise<boolean> {
  const result = await limiterOf(name).get(key);
  return result !== null && result.consumedPoints >= limits[name].points;
}

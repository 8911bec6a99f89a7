import "server-only";
import { RateLimiterPostgres, RateLimiterRes } from "rate-limiter-flexible";
import { isUnavailable } from "./db";
import { AppError } from "./errors";
import { pool } from "./prisma";

/** points in seconds, exact over all replicas because they are counted in PostgreSQL. */
const limits = {
  emailStep: { points: 300, seconds: 60 },
  passwordByClient: { points: 10, seconds: 15 * 60 },
  passwordByAccount: { points: 100, seconds: 24 * 3600 },
  mailByAddress: { points: 5, seconds: 15 * 60 },
  mailByClient: { points: 30, seconds: 15 * 60 },
  badBearer: { points: 60, seconds: 60 },
  badResponse: { points: 30, seconds: 60 },
  badResponseNotice: { points: 1, seconds: 60 },
  domainCheck: { points: 1, seconds: 10 },
  metadataFetch: { points: 10, seconds: 60 },
  proof: { points: 10, seconds: 15 * 60 },
  link: { points: 60, seconds: 60 },
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

/** Refuses like countUse when the limit was passed before, without counting this use. */
export async function checkLimit(name: Limit, key: string): Promise<void> {
  const result = await limiterOf(name).get(key);
  if (result && result.remainingPoints <= 0 && result.consumedPoints >= limits[name].points) {
    throw new AppError("rate_limited", { retryAfter: seconds(result) });
  }
}

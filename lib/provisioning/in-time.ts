import "server-only";
import { AppError } from "lib/base/errors";

/**
 * What the work answers, or AppError("unavailable") once the moment has passed; its write is then rolled back, unless it
 * was being committed just then.
 */
export async function inTime<T>(deadline: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    const fail = () => reject(new AppError("unavailable", { retryAfter: 30, inDoubt: true }));
    timer = setTimeout(fail, Math.max(0, deadline - performance.now()));
  });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}

import "server-only";
import { hash, verify } from "@node-rs/argon2";
import { AppError } from "./errors";

// argon2id (the library's default algorithm), 19 MiB, 2 passes: OWASP's first choice for it.
const parameters = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/** At most this many at once in a process: more would take the memory and cores that sign-ins need. */
const atOnce = 4;
const patienceMs = 2_000;

let running = 0;
const waiting: (() => void)[] = [];

async function inTurn<T>(work: () => Promise<T>): Promise<T> {
  if (running >= atOnce) {
    await new Promise<void>((resolve, reject) => {
      const start = () => {
        clearTimeout(timer);
        resolve();
      };
      const timer = setTimeout(() => {
        waiting.splice(waiting.indexOf(start), 1);
        reject(new AppError("unavailable", { retryAfter: 5 }));
      }, patienceMs);
      waiting.push(start);
    });
  } else running++;
  try {
    return await work();
  } finally {
    const next = waiting.shift();
    if (next) next();
    else running--;
  }
}

export const hashPassword = (password: string): Promise<string> => inTurn(() => hash(password, parameters));

export const verifyPassword = (stored: string, password: string): Promise<boolean> =>
  inTurn(() => verify(stored, password));

let dummy: Promise<string> | undefined;

/** Costs what a real check costs and is always wrong: for an address that has no password. */
export async function verifyNothing(password: string): Promise<false> {
  // A hash that found no turn is not kept, or every unknown address would fail from then on.
  dummy ??= hashPassword("nobody has this password").catch((error) => {
    dummy = undefined;
    throw error;
  });
  await verifyPassword(await dummy, password);
  return false;
}

import "server-only";
import { db } from "lib/base/db";
import { log } from "lib/base/log";
import { type ExchangeFacts, recordExchanges } from "lib/exchanges/record-exchange";
import type { OrgScope } from "lib/scope/scope";
import { exchangeOf } from "./exchange-facts";
import { endpointOf } from "./operation-of";
import type { ScimAnswer, ScimCall } from "./scim-call";
import { isId } from "./stored-user";

type Entry = { scope: OrgScope; facts: ExchangeFacts };

const longestWaitMs = 1_000;
const most = 500;

// Reads and refusals change nothing, so their rows need no transaction: they are gathered and may be lost in a crash.
let waiting: (Entry | (() => Promise<Entry | null>))[] = [];
let timer: NodeJS.Timeout | undefined;
let writing: Promise<void> = Promise.resolve();

/** Keeps a row for the next flush, within a second; never delays or fails the answer. */
export const bufferExchange = (scope: OrgScope, facts: ExchangeFacts): void => keep({ scope, facts });

/** The same for a row of which it takes a look-up to say whose it is; null = nobody's. */
export const bufferUnplaced = (place: () => Promise<Entry | null>): void => keep(place);

/** A refused request: what it was about is looked up when the row is written, since its verb could not say it. */
export function bufferRefusal(call: ScimCall, answer: ScimAnswer): void {
  const entry = { scope: call.scope, facts: exchangeOf(call, answer) };
  const [endpoint, id] = endpointOf(call.path);
  keep(endpoint === "users" && isId(id) ? () => withPerson(entry, call.directory.id, id) : entry);
}

async function withPerson({ scope, facts }: Entry, directoryId: string, id: string): Promise<Entry> {
  const found = await db.directoryUser.findFirst({
    where: { orgId: scope.orgId, directoryId, id },
    select: { userId: true, userName: true },
  });
  return { scope, facts: found ? { ...facts, userId: found.userId, person: found.userName } : facts };
}

function keep(entry: (typeof waiting)[number]): void {
  waiting.push(entry);
  if (waiting.length >= most) void flushExchanges();
  else timer ??= setTimeout(() => void flushExchanges(), longestWaitMs / 2).unref();
}

/** Writes what is gathered, and ends when all that was gathered before is written too; also called when the process ends. */
export function flushExchanges(): Promise<void> {
  clearTimeout(timer);
  timer = undefined;
  const kept = waiting;
  waiting = [];
  writing = Promise.all([writing, writeRows(kept)]).then(() => undefined);
  return writing;
}

async function writeRows(kept: typeof waiting): Promise<void> {
  try {
    const placed = await Promise.all(kept.map((entry) => (typeof entry === "function" ? entry() : entry)));
    await recordExchanges(placed.filter((entry) => entry !== null));
  } catch (error) {
    log().warn({ rows: kept.length, error: (error as Error).message }, "SCIM log rows lost");
  }
}

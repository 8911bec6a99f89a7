import "server-only";
import { bufferRefusal } from "./exchange-buffer";
import type { ScimAnswer, ScimCall } from "./scim-call";

const everyMs = 1_000;

// Per process, by directory: how many were refused since the first of them, whose row waits for the others.
const tallies = new Map<string, { count: number }>();

/**
 * Requests beyond the rate come by the hundred and would bury the log: one row a second tells of all that a directory
 * was refused in it, with the first of them as the example.
 */
export function tallyRateRefusal(call: ScimCall, answer: ScimAnswer): void {
  const { id } = call.directory;
  const running = tallies.get(id);
  if (running) {
    running.count++;
    return;
  }
  const tally = { count: 1 };
  tallies.set(id, tally);
  setTimeout(() => {
    tallies.delete(id);
    const { count } = tally;
    const summary = count === 1 ? answer.summary : `Refused: too many requests, ${count} within a second`;
    bufferRefusal(call, { ...answer, summary, detail: { refused: count } });
  }, everyMs).unref();
}

import "server-only";
import { pointsNowhere, violates, type WriteClient, write } from "lib/audit/write";
import { AppError } from "lib/base/errors";
import type { Reason, Refused } from "lib/base/refusals";
import type { ExchangeFacts } from "lib/exchanges/record-exchange";
import { exchangeOf } from "./exchange-facts";
import type { ScimAnswer, ScimCall } from "./scim-call";
import type { ScimError } from "./scim-error";
import { tellOwners } from "./tell-owners";
import { LastOwnerError } from "./user-rules";

/** An answer whose exchange row is committed already, together with the change. */
const recorded = new WeakSet<ScimAnswer>();
export const isRecorded = (answer: ScimAnswer): boolean => recorded.has(answer);

/** The exchange row that goes with the change, as the last argument of done() and unchanged(). */
export const withExchange = (call: ScimCall, answer: ScimAnswer): { exchange: ExchangeFacts } => ({
  exchange: exchangeOf(call, answer),
});

type Written = Awaited<ReturnType<Parameters<typeof write<ScimAnswer, Reason>>[1]>>;

/**
 * One SCIM write: change, event and exchange row in one transaction. Faults are thrown inside `work` and roll it back;
 * a unique index that decides a race becomes a 409 by `conflict`, never a 500.
 */
export async function writeScim(
  call: ScimCall,
  work: (tx: WriteClient) => Promise<Written>,
  conflict: (refusal: Refused<Reason>) => Promise<ScimError>,
): Promise<ScimAnswer> {
  const outcome = await write<ScimAnswer, Reason>(call.scope, async (tx) => {
    const written = await work(tx);
    if (performance.now() > call.deadline) throw new AppError("unavailable", { retryAfter: 30 });
    return written;
  }).catch(async (error) => {
    if (error instanceof LastOwnerError) await tellOwners(call, error);
    return retryLater(error);
  });
  if (!outcome.ok) throw await conflict(outcome);
  recorded.add(outcome.value);
  return outcome.value;
}

/**
 * What a row points to (its directory, a nested group) was deleted meanwhile, or somebody signed in for the first time
 * under the very name that a person is given: the same request again is told what is, and moves that identity.
 */
function retryLater(error: unknown): never {
  const isOvertaken = pointsNowhere(error) || violates(error, "Identity_orgId_connectionId_subject_key");
  throw isOvertaken ? new AppError("unavailable", { retryAfter: 1 }) : error;
}

import "server-only";
import { setTimeout as sleep } from "node:timers/promises";
import { newReference } from "lib/base/crypto";
import { AppError } from "lib/base/errors";
import { orderOperations, withReferences } from "lib/protocol/scim/bulk-references";
import { type BulkEntry, type BulkOperation, readBulkRequest } from "lib/protocol/scim/bulk-request";
import { shown } from "lib/protocol/scim/messages";
import { withReference } from "lib/scope/with-reference";
import { type AnsweredOperation, bulkAnswer } from "./bulk-answer";
import { type BulkVerbs, bulkVerbOf } from "./bulk-verbs";
import { bufferExchange, bufferRefusal } from "./exchange-buffer";
import { exchangeOf } from "./exchange-facts";
import { inTime } from "./in-time";
import { refusalOf } from "./refusal-of";
import type { ScimCall, ScimHandler } from "./scim-call";
import { fail, orFail } from "./scim-error";
import { baseUrl } from "./stored-user";
import { isRecorded } from "./write-scim";

/** Before the request's own deadline: no operation begins, each is rolled back, each is answered. */
const marginMs = { begin: 5_000, end: 1_000, answer: 500 };

/** How old an admission may be. */
const readmitMs = 500;

/**
 * POST /Bulk (RFC 7644 3.7): each operation by the verb that a request of its own would reach, with its own
 * transaction, event and row in the log; one that fails leaves the others.
 */
export const runBulk =
  (verbs: BulkVerbs): ScimHandler =>
  async (call) => {
    const { failOnErrors, entries } = orFail(readBulkRequest(call.body));
    const answered: AnsweredOperation[] = [];
    const made = new Map<string, string>();
    let refused = 0;
    const demandAdmission = admissionOf(call);
    for (const { index, isCircular } of orderOperations(entries)) {
      if (refused >= failOnErrors) break;
      const entry = entries[index] as BulkEntry;
      const { operation, answer } = await answerEntry(call, verbs, entry, { isCircular, made, demandAdmission });
      if (answer.status >= 400) refused++;
      const id = answer.status === 201 && answer.location?.split("/").at(-1);
      if (id && entry.bulkId !== undefined) made.set(entry.bulkId, id);
      answered[index] = { entry, operation, answer };
    }
    return bulkAnswer(answered, entries.length);
  };

/** A token that is revoked, or a directory that is switched off, ends within a second what a request goes on with. */
function admissionOf({ readmit }: ScimCall): () => Promise<void> {
  let askedAt = performance.now();
  return async () => {
    if (performance.now() - askedAt < readmitMs) return;
    await readmit?.();
    askedAt = performance.now();
  };
}

type Circumstances = {
  isCircular: boolean;
  made: ReadonlyMap<string, string>;
  demandAdmission: () => Promise<void>;
};

async function answerEntry(bulk: ScimCall, verbs: BulkVerbs, entry: BulkEntry, circumstances: Circumstances) {
  const { reference } = bulk.scope.request;
  const scope = withReference(bulk.scope, newReference());
  const call: ScimCall = { ...bulk, scope, bulkReference: reference, deadline: bulk.deadline - marginMs.end };
  let operation = entry.read.ok ? entry.read.value : undefined;
  // A faulty one is logged as it was sent.
  let own = operation ? callOf(call, operation) : { ...call, body: { Operations: [entry.sent] } };
  try {
    await takeTurn(bulk);
    await circumstances.demandAdmission();
    operation = resolve(orFail(entry.read), circumstances);
    own = callOf(call, operation);
    const verb = bulkVerbOf(verbs, operation);
    const answer = await inTime(bulk.deadline - marginMs.answer, verb(own));
    if (!isRecorded(answer)) bufferExchange(own.scope, exchangeOf(own, answer));
    return { operation, answer };
  } catch (error) {
    const { answer } = refusalOf(error, scope.request, own);
    bufferRefusal(own, answer);
    return { operation, answer };
  }
}

/** Each operation counts as one request: beyond the rate it waits, and is given up where it cannot begin in time. */
async function takeTurn(call: ScimCall): Promise<void> {
  const latest = call.deadline - marginMs.begin;
  for (;;) {
    if (performance.now() > latest) {
      fail(
        503,
        undefined,
        "This operation could not begin within 20 seconds. Nothing of it was changed; send it again.",
      );
    }
    try {
      return call.charge(1);
    } catch (error) {
      if (!(error instanceof AppError && error.code === "rate_limited")) throw error;
      await sleep((error.facts.retryAfter ?? 1) * 1_000);
    }
  }
}

/** RFC 7644 3.7.2: the ids of what was made in place of their bulkIds. 409 where there is none. */
function resolve(operation: BulkOperation, { isCircular, made }: Circumstances): BulkOperation {
  if (isCircular)
    fail(409, undefined, "This operation waits for a bulkId that waits for it, or for one in such a circle.");
  return withReferences(operation, (bulkId) => {
    const id = made.get(bulkId);
    return id ?? fail(409, undefined, `No operation of this request has made the bulkId '${shown(bulkId)}'.`);
  });
}

/** The operation as a request of its own. */
function callOf(call: ScimCall, { method, resource, id, query, version, data }: BulkOperation): ScimCall {
  const path = `${new URL(baseUrl()).pathname}/${resource}s${id && `/${encodeURIComponent(id)}`}`;
  return {
    ...call,
    method,
    path: query ? `${path}?${query}` : path,
    id,
    query: new URLSearchParams(query),
    body: data,
    ifMatch: method === "POST" ? null : version,
    ifNoneMatch: null,
    startedAt: performance.now(),
  };
}

import "server-only";
import { isUnavailable } from "lib/base/db";
import { env } from "lib/base/env";
import { AppError } from "lib/base/errors";
import { log } from "lib/base/log";
import { emptyObject } from "lib/protocol/scim/json";
import { errorBody, type ScimFault } from "lib/protocol/scim/messages";
import { bufferExchange, bufferRefusal } from "lib/provisioning/exchange-buffer";
import { exchangeOf } from "lib/provisioning/exchange-facts";
import type { ScimAnswer, ScimCall } from "lib/provisioning/scim-call";
import { fail, ScimError } from "lib/provisioning/scim-error";
import { isRecorded } from "lib/provisioning/write-scim";
import type { RequestFacts } from "lib/scope/scope";
import type { ResolvedToken } from "lib/tokens/resolve-token";
import { requestFacts } from "./request-facts";
import { type AdmittedToken, type ArrivedRequest, admit, directoryScope } from "./scim-admission";
import { type EndpointTable, findEndpoint, readScimBody, readTable } from "./scim-endpoint";
import { enterScim } from "./scim-rate";

const basePath = "/api/scim/v2";
/** Okta closes its socket at 60 s; a body that comes slowly and the work after it both end in this time. */
const limitMs = 25_000;

/**
 * The gate of SCIM. In this order, before any work: token (401), state (403), rate (429), path (404, 501), method
 * (405), type (415), size (413), JSON (400); then the verb. Whatever is thrown becomes an Error body here and nowhere
 * else, and each admitted request leaves one row in the log.
 */
export function scimRoute(table: EndpointTable): (request: Request) => Promise<Response> {
  const endpoints = readTable(table);
  return async (request) => {
    const facts = requestFacts(request.headers);
    const { pathname, search } = new URL(request.url);
    const arrived = { method: request.method, path: pathname + search, startedAt: performance.now(), facts };
    let call: ScimCall | undefined;
    try {
      const token = await admit(request.headers.get("authorization"), arrived);
      const admitted = openCall(arrived, token, request);
      call = admitted;
      demandEnabled(token);
      const pass = await enterScim(token.directoryId, env().SCIM_RATE);
      try {
        admitted.charge = pass.charge;
        const path = pathname.slice(basePath.length);
        const { handler, id } = findEndpoint(endpoints, request.method, path);
        admitted.id = id;
        admitted.body = await readScimBody(request, path, limitMs);
        admitted.deadline = performance.now() + limitMs;
        const answer = await inTime(handler(admitted));
        if (!isRecorded(answer)) bufferExchange(admitted.scope, exchangeOf(admitted, answer));
        return respond(answer);
      } finally {
        pass.leave();
      }
    } catch (error) {
      const { fault, headers } = explain(error, facts);
      const body = errorBody(fault, facts.reference);
      const answer = { status: fault.status, body, summary: `Refused: ${fault.detail}` };
      if (call) bufferRefusal(call, answer);
      return respond(answer, headers);
    }
  };
}

function openCall({ facts, ...request }: ArrivedRequest, token: AdmittedToken, { url, headers }: Request): ScimCall {
  const { directoryId: id, connectionId, connectionName, options, tokenId, tokenName } = token;
  return {
    ...request,
    scope: directoryScope({ ...token, name: connectionName }, facts),
    directory: { id, connectionId, connectionName, options },
    tokenId,
    tokenName,
    tokenTail: token.tail,
    tokenForm: token.form,
    id: "",
    query: new URL(url).searchParams,
    body: emptyObject(),
    ifMatch: headers.get("if-match"),
    ifNoneMatch: headers.get("if-none-match"),
    deadline: request.startedAt + limitMs,
    charge: () => undefined,
  };
}

function demandEnabled({ enabled, connectionName }: ResolvedToken): void {
  if (enabled) return;
  const sentence = `Provisioning is switched off for connection '${connectionName}' in Gatehouse. Nothing was changed.`;
  fail(403, undefined, sentence);
}

async function inTime<T>(work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new AppError("unavailable", { retryAfter: 30 })), limitMs);
  });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}

function respond(answer: ScimAnswer, headers: Record<string, string> = {}): Response {
  const { status, body, location, version } = answer;
  const text = body === undefined ? null : typeof body === "string" ? body : JSON.stringify(body);
  return new Response(text, {
    status,
    headers: {
      "cache-control": "no-store",
      ...(text === null ? {} : { "content-type": "application/scim+json; charset=utf-8" }),
      ...(location ? { location } : {}),
      ...(version === undefined ? {} : { etag: `W/"${version}"` }),
      ...headers,
    },
  });
}

/** The one translator of this edge. */
function explain(error: unknown, facts: RequestFacts): { fault: ScimFault; headers: Record<string, string> } {
  if (error instanceof ScimError) return error;
  const wait = error instanceof AppError ? (error.facts.retryAfter ?? 30) : 30;
  const headers = { "retry-after": String(Math.ceil(wait)) };
  if (error instanceof AppError && error.code === "rate_limited") {
    return { fault: { status: 429, detail: `Too many requests. Try again in ${wait} seconds.` }, headers };
  }
  if (isUnavailable(error)) {
    // 429 is the one answer after which Okta tries again by itself, so that no deactivation waits for a person.
    const status = facts.userAgent?.startsWith("Okta SCIM Client") ? 429 : 503;
    const detail = "Gatehouse cannot reach its database at the moment and changed nothing. Try again in 30 seconds.";
    return { fault: { status, detail }, headers };
  }
  log().error({ reference: facts.reference, error: (error as Error).stack }, "SCIM request failed");
  return {
    fault: { status: 500, detail: "Gatehouse could not process this request and changed nothing." },
    headers: {},
  };
}

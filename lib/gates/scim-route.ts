import "server-only";
import { env } from "lib/base/env";
import { AppError } from "lib/base/errors";
import { emptyObject } from "lib/protocol/scim/json";
import { demandEnabled } from "lib/provisioning/demand-enabled";
import { bufferExchange, bufferRefusal } from "lib/provisioning/exchange-buffer";
import { exchangeOf } from "lib/provisioning/exchange-facts";
import { inTime } from "lib/provisioning/in-time";
import { refusalOf } from "lib/provisioning/refusal-of";
import type { ScimAnswer, ScimCall } from "lib/provisioning/scim-call";
import { tallyRateRefusal } from "lib/provisioning/tally-rate-refusal";
import { isRecorded } from "lib/provisioning/write-scim";
import { requestFacts } from "./request-facts";
import { type AdmittedToken, type ArrivedRequest, admit, directoryScope, readmit } from "./scim-admission";
import { type EndpointTable, findEndpoint, readScimBody, readTable } from "./scim-endpoint";
import { enterScim } from "./scim-rate";
import { textBody } from "./text-body";

const basePath = "/api/scim/v2";
/** Okta closes its socket at 60 s; a body that comes slowly and the work after it both end in this time. */
const limitMs = 25_000;
/** How old an admission may be when the work begins: a token that ends while a body trickles in opens nothing. */
const admissionMs = 500;

/**
 * The gate of SCIM. In this order, before any work: token (401), state (403), rate (429), path (404, 501), method
 * (405), type (415), size (413), JSON (400); then the verb. Whatever is thrown becomes an Error body here, and each
 * admitted request leaves one row in the log.
 */
export function scimRoute(table: EndpointTable): (request: Request) => Promise<Response> {
  const endpoints = readTable(table);
  return async (request) => {
    const facts = requestFacts(request.headers);
    const { pathname, search } = new URL(request.url);
    const arrived = { method: request.method, path: pathname + search, startedAt: performance.now(), facts };
    let call: ScimCall | undefined;
    try {
      const authorization = request.headers.get("authorization");
      const token = await admit(authorization, arrived);
      const admittedAt = performance.now();
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
        if (performance.now() - admittedAt > admissionMs) await readmit(authorization);
        admitted.deadline = performance.now() + limitMs;
        const answer = await inTime(admitted.deadline, handler(admitted));
        if (!isRecorded(answer)) bufferExchange(admitted.scope, exchangeOf(admitted, answer));
        return respond(answer);
      } finally {
        pass.leave();
      }
    } catch (error) {
      const { answer, headers } = refusalOf(error, facts, call);
      if (call) (isBeyondRate(error) ? tallyRateRefusal : bufferRefusal)(call, answer);
      return respond(answer, headers);
    }
  };
}

const isBeyondRate = (error: unknown) => error instanceof AppError && error.code === "rate_limited";

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
    readmit: () => readmit(headers.get("authorization")),
  };
}

function respond(answer: ScimAnswer, headers: Record<string, string> = {}): Response {
  const { status, body, location, version } = answer;
  const text = body === undefined ? null : typeof body === "string" ? body : JSON.stringify(body);
  return new Response(text === null ? null : textBody(text), {
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

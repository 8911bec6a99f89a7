import "server-only";
import { now } from "lib/base/clock";
import { newId } from "lib/base/crypto";
import type { ExchangeFacts } from "lib/exchanges/record-exchange";
import { namesSecret, withoutTokens } from "lib/exchanges/redact";
import { scimFailureCode } from "lib/exchanges/scim-failures";
import type { RequestFacts } from "lib/scope/scope";
import { dialectOf } from "./dialect-of";
import { hintsOf } from "./hints-of";
import { keptBody } from "./kept-body";
import { endpointOf, operationOf } from "./operation-of";
import type { ScimAnswer, ScimCall } from "./scim-call";
import { isId } from "./stored-user";
import { decoded, queryOf } from "./without-secrets";

/** The path for the log: a query that names a secret is left out (tokens in queries, filters on password). */
export function loggedPath(path: string): string {
  const [name = ""] = path.split("?", 1);
  const plain = namesSecret(decoded(queryOf(path))) ? `${name}?[removed]` : path;
  const readable = decoded(plain);
  const kept = withoutTokens(readable);
  return (kept === readable ? plain : kept).slice(0, 2_048);
}

/** What the log needs of a request, admitted or not. */
export type LoggedCall = Pick<ScimCall, "method" | "path" | "body" | "tokenName" | "startedAt"> &
  Partial<Pick<ScimCall, "tokenForm" | "tokenId" | "tokenTail" | "ifMatch" | "bulkReference">> & {
    scope: { request: RequestFacts };
    directory: { id: string; connectionId: string | null };
  };

/** The exchange row of an answered request. */
export function exchangeOf(call: LoggedCall, answer: ScimAnswer): ExchangeFacts {
  const hasBody = Object.keys(call.body).length > 0;
  const asked = { ...call, userAgent: call.scope.request.userAgent };
  const operation = operationOf(asked, answer);
  const dialect = dialectOf(asked);
  const body = hasBody ? keptBody(call.body) : null;
  const given = answer.logged ?? answer.body;
  const scimType = scimTypeOf(answer);
  const summary = withoutTokens(answer.summary).slice(0, 500);
  return {
    id: newId(),
    at: now(),
    kind: "scim",
    outcome: answer.status < 400 ? "succeeded" : "failed",
    ...(answer.status < 400 ? {} : { code: scimFailureCode(answer.status, scimType, summary) }),
    operation,
    dialect,
    scimType,
    summary,
    person: withoutTokens(person(answer, call)?.slice(0, 256) ?? "") || null,
    connectionId: call.directory.connectionId,
    directoryId: call.directory.id,
    userId: answer.userId ?? null,
    groupId: groupOf(call, answer),
    detail: {
      ...answer.detail,
      ...remarksOf(call, answer, hintsOf(asked, operation, dialect)),
      ...(body?.cut ? { cut: true } : {}),
      ...(body?.removed.length ? { secrets: body.removed } : {}),
    },
    method: call.method,
    path: loggedPath(call.path),
    status: answer.status,
    durationMs: Math.round(performance.now() - call.startedAt),
    tokenId: call.tokenId ?? null,
    tokenName: call.tokenName,
    ...(body ? { requestBody: body.kept } : {}),
    ...(given === undefined ? {} : { responseBody: keptBody(given).kept }),
  };
}

const scimTypeOf = ({ status, body }: ScimAnswer): string | null =>
  status >= 400 && typeof body === "object" && "scimType" in body ? String(body.scimType) : null;

/** How the token came, what the precondition was, and what is remarked on. */
function remarksOf(call: LoggedCall, { detail = {} }: ScimAnswer, more: string[]) {
  const { tokenForm, tokenTail, ifMatch, bulkReference } = call;
  const verbs = Array.isArray(detail.hints) ? detail.hints.map(String) : [];
  const hints = [...new Set([...verbs, ...more, ...(detail.pendingMembers ? ["members_gone"] : [])])];
  return {
    ...(tokenForm && tokenForm !== "bearer" ? { token: tokenForm } : {}),
    ...(tokenTail ? { tail: tokenTail } : {}),
    ...(ifMatch ? { ifMatch: withoutTokens(ifMatch.slice(0, 200)) } : {}),
    ...(bulkReference ? { bulkReference } : {}),
    ...(hints.length ? { hints } : {}),
  };
}

/** Who or what it was about; of a refusal what the body called it. */
function person(answer: ScimAnswer, { body }: LoggedCall): string | null {
  if (answer.person !== undefined || answer.status < 400) return answer.person ?? null;
  const sent = body.userName ?? body.displayName;
  return typeof sent === "string" ? sent : null;
}

/** The group that the path or the answer's location names. */
function groupOf({ path }: LoggedCall, { status, location }: ScimAnswer): string | null {
  const [endpoint, id] = endpointOf(location ?? path);
  return endpoint === "groups" && isId(id) && status !== 404 ? id : null;
}

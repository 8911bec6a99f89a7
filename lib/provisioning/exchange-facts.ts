import "server-only";
import { createHash } from "node:crypto";
import { now } from "lib/base/clock";
import { newId } from "lib/base/crypto";
import type { ExchangeFacts } from "lib/exchanges/record-exchange";
import { redactScimBody } from "lib/exchanges/redact";
import type { ScimAnswer, ScimCall } from "./scim-call";

const longestBody = 64 * 1024;
const keptOfLonger = 16 * 1024;
const longestArray = 100;

/** Long arrays are cut before anything is made of them: a push of 100,000 members costs the log nothing. */
function cutArrays(value: unknown): unknown {
  if (Array.isArray(value)) {
    const kept = value.slice(0, longestArray).map(cutArrays);
    return value.length > longestArray ? [...kept, `… ${value.length - longestArray} more`] : kept;
  }
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, cutArrays(inner)]));
}

/** A body as the log keeps it: without secrets; of a long one its size, digest and beginning. */
export function loggedBody(body: unknown): unknown {
  if (body === undefined) return undefined;
  if (typeof body === "string") return { size: Buffer.byteLength(body) };
  const kept = redactScimBody(cutArrays(body));
  const text = JSON.stringify(kept);
  if (text.length <= longestBody) return kept;
  const sha256 = createHash("sha256").update(text).digest("hex");
  return { size: Buffer.byteLength(text), sha256, start: text.slice(0, keptOfLonger) };
}

/** Filters and queries that speak of secrets stay out of the log as a whole. */
export const namesSecret = (text: string): boolean => /password|secret|token|ssn/i.test(text);

/** The path for the log: a query that names a secret is left out (tokens in queries, filters on password). */
export function loggedPath(path: string): string {
  const [name = "", query] = path.split("?", 2);
  const isSecret = query && namesSecret(query.replace(/%([0-9a-f]{2})/gi, decodeCharacter));
  return (isSecret ? `${name}?[removed]` : path).slice(0, 2_048);
}

const decodeCharacter = (_: string, hex: string) => String.fromCharCode(Number.parseInt(hex, 16));

/** What the log needs of a request, admitted or not. */
export type LoggedCall = Pick<ScimCall, "method" | "path" | "body" | "tokenName" | "startedAt"> & {
  directory: { id: string; connectionId: string | null };
  tokenForm?: ScimCall["tokenForm"];
};

/** The exchange row of an answered request. */
export function exchangeOf(call: LoggedCall, answer: ScimAnswer): ExchangeFacts {
  const hasBody = Object.keys(call.body).length > 0;
  return {
    id: newId(),
    at: now(),
    kind: "scim",
    outcome: answer.status < 400 ? "succeeded" : "failed",
    summary: answer.summary.slice(0, 500),
    person: answer.person?.slice(0, 256) ?? null,
    connectionId: call.directory.connectionId,
    directoryId: call.directory.id,
    userId: answer.userId ?? null,
    detail: call.tokenForm && call.tokenForm !== "bearer" ? { ...answer.detail, token: call.tokenForm } : answer.detail,
    method: call.method,
    path: loggedPath(call.path),
    status: answer.status,
    durationMs: Math.round(performance.now() - call.startedAt),
    tokenName: call.tokenName,
    ...(hasBody ? { requestBody: loggedBody(call.body) } : {}),
    ...(answer.body === undefined ? {} : { responseBody: loggedBody(answer.logged ?? answer.body) }),
  };
}

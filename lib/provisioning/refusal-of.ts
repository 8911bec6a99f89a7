import "server-only";
import { isUnavailable } from "lib/base/db";
import { AppError } from "lib/base/errors";
import { log } from "lib/base/log";
import { errorBody, type ScimFault } from "lib/protocol/scim/messages";
import type { RequestFacts } from "lib/scope/scope";
import type { ScimAnswer, ScimCall } from "./scim-call";
import { ScimError } from "./scim-error";
import { withoutSecrets } from "./without-secrets";

type Explained = { fault: ScimFault; headers: Record<string, string> };

/**
 * The one place where what was thrown becomes an Error body: of a request, or of an operation of a bulk request. `asked`
 * is what it answers, whose secrets are not repeated.
 */
export function refusalOf(error: unknown, facts: RequestFacts, asked?: Pick<ScimCall, "path" | "body">) {
  const { fault: found, headers } = explain(error, facts);
  const fault = asked ? { ...found, detail: withoutSecrets(found.detail, asked) } : found;
  const body = errorBody(fault, facts.reference);
  const answer: ScimAnswer = { status: fault.status, body, summary: `Refused: ${fault.detail}` };
  return { answer, headers };
}

function explain(error: unknown, facts: RequestFacts): Explained {
  if (error instanceof ScimError) return error;
  const wait = Math.ceil(error instanceof AppError ? (error.facts.retryAfter ?? 30) : 30);
  const headers = { "retry-after": String(wait) };
  if (error instanceof AppError && error.code === "rate_limited") {
    return { fault: { status: 429, detail: `Too many requests. Try again in ${wait} seconds.` }, headers };
  }
  if (isUnavailable(error)) {
    // 429 is the one answer after which Okta tries again by itself, so that no deactivation waits for a person.
    const status = facts.userAgent?.startsWith("Okta SCIM Client") ? 429 : 503;
    const isInDoubt = error instanceof AppError && error.facts.inDoubt;
    const detail = isInDoubt
      ? "Gatehouse lost its database while it saved this: it is saved as a whole or not at all. Send it again in 30 seconds."
      : "Gatehouse cannot reach its database at the moment and changed nothing. Try again in 30 seconds.";
    return { fault: { status, detail }, headers };
  }
  log().error({ reference: facts.reference, error: (error as Error).stack }, "SCIM request failed");
  const detail = "Gatehouse could not process this request and changed nothing.";
  return { fault: { status: 500, detail }, headers: {} };
}

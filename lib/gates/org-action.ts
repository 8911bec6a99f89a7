import "server-only";
import { minutesAgo } from "lib/base/clock";
import { isUnavailable } from "lib/base/db";
import { AppError, type ErrorCode } from "lib/base/errors";
import { log } from "lib/base/log";
import { explainRefusal, type Outcome } from "lib/base/refusals";
import type { ActionResult } from "lib/scope/action-result";
import { type Action, freshMinutes, mayRole, needsFreshProof } from "lib/scope/permissions";
import type { OrgScope } from "lib/scope/scope";
import { headers } from "next/headers";
import { unstable_rethrow } from "next/navigation";
import type { ZodType } from "zod";
import { signedIn } from "./page-scope";
import { demandOwnOrigin, requestFacts } from "./request-facts";

const sentences: Record<ErrorCode, string> = {
  bad_origin: "This request did not come from Gatehouse's own pages. Reload and try again.",
  bad_request: "Something in the form is not valid.",
  forbidden: "Your role does not allow this.",
  managed_by_idp: "This person is managed by the identity provider. Change it there.",
  not_found: "This no longer exists, or belongs to another organization.",
  rate_limited: "Too many tries. Wait a moment.",
  reauthentication_required: "Confirm it is you: this needs a proof of identity at most 10 minutes old.",
  signed_out: "You were signed out.",
  unavailable: "Gatehouse cannot reach its database. Nothing was lost. Try again in a moment.",
};

/**
 * A server action: Origin, session -> scope, permission, fresh proof, zod, verb. Every way it can end is an
 * ActionResult; the one place where this edge's errors are translated.
 */
export const orgAction =
  <I, V>(action: Action, schema: ZodType<I>, verb: (scope: OrgScope, input: I) => Promise<Outcome<V>>) =>
  async (raw: unknown): Promise<ActionResult<V>> => {
    const head = await headers();
    const { reference } = requestFacts(head);
    const failure = (code: string, status: number, message: string, fields: Record<string, string> = {}) =>
      ({ ok: false, code, status, message, fields, reference }) as const;
    try {
      demandOwnOrigin(head);
      const scope = await actionScope(action);
      const input = schema.safeParse(raw);
      if (!input.success) {
        const fields = Object.fromEntries(input.error.issues.map((issue) => [issue.path.join("."), issue.message]));
        return failure("bad_request", 400, Object.values(fields)[0] ?? sentences.bad_request, fields);
      }
      const outcome = await verb(scope, input.data);
      if (outcome.ok) return { ok: true, value: outcome.value };
      const { status, message, field } = explainRefusal(outcome);
      return failure(outcome.reason, status, message, outcome.fields ?? (field ? { [field]: message } : {}));
    } catch (error) {
      unstable_rethrow(error);
      if (error instanceof AppError) {
        const wait = error.facts.retryAfter;
        const message = error.code === "rate_limited" && wait ? `Too many tries. Try again in ${wait} seconds.` : null;
        return failure(error.code, error.status, message ?? sentences[error.code]);
      }
      if (isUnavailable(error)) return failure("unavailable", 503, sentences.unavailable);
      log().error({ reference, action, error: (error as Error).stack }, "action failed");
      return failure("server_error", 500, `Something went wrong on our side. Reference ${reference}`);
    }
  };

/** The scope of whoever presses the button, if the table lets them do this now. */
async function actionScope(action: Action): Promise<OrgScope> {
  const found = await signedIn();
  if (!found) throw new AppError("signed_out");
  const { scope, session } = found;
  if (!mayRole(scope.role, action)) throw new AppError("forbidden");
  if (needsFreshProof(action) && session.createdAt < minutesAgo(freshMinutes)) {
    throw new AppError("reauthentication_required");
  }
  return scope;
}

import "server-only";
import type { Outcome } from "lib/base/refusals";
import type { ActionResult } from "lib/scope/action-result";
import type { Action } from "lib/scope/permissions";
import type { OrgScope } from "lib/scope/scope";
import { cookies } from "next/headers";
import type { ZodType } from "zod";
import { orgAction } from "./org-action";
import { cookieFlags, cookieName } from "./request-facts";

/** An action whose verb answers a new session: its value goes into the cookie and nowhere else. */
export function sessionAction<I>(
  action: Action,
  schema: ZodType<I>,
  verb: (scope: OrgScope, input: I) => Promise<Outcome<{ session: string }>>,
) {
  const act = orgAction(action, schema, verb);
  return async (raw: unknown): Promise<ActionResult> => {
    const result = await act(raw);
    if (!result.ok) return result;
    (await cookies()).set(cookieName("session"), result.value.session, cookieFlags());
    return { ok: true, value: undefined };
  };
}

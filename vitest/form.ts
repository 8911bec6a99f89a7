import type { FormAnswer, FormRequest } from "lib/scope/form";
import { mintScope } from "lib/scope/mint-scope";
import { requestOfTest } from "./fixtures";

/** What the gate of a public form hands to its verb, with the browser's cookies and the route's segments. */
export function formOf(
  cookies: Record<string, string> = {},
  params: Record<string, string> = {},
  request = requestOfTest(),
): FormRequest {
  return {
    request,
    scopeFor: (orgId, actor) => mintScope({ orgId, actor, role: null, request }),
    cookie: (name) => cookies[name] ?? null,
    headers: new Headers(),
    params,
  };
}

/** The value that an answer sets for a cookie of ours. */
export const cookieOf = ({ cookies = [] }: FormAnswer, name: string) =>
  cookies.find((cookie) => cookie.name === name)?.value ?? null;

import "server-only";
import type { Detail, Failure } from "./failure";
import { flowFailures } from "./flow-failures";
import type { PublicCode } from "./public-texts";
import { samlFailures } from "./saml-failures";
import { scimFailures } from "./scim-failures";
import { signInFailures } from "./sign-in-failures";

/** Code -> cause -> cure: page, log and diagnosis show the same row. */
export const failures = { ...flowFailures, ...samlFailures, ...signInFailures, ...scimFailures } as const;

export type FailureCode = keyof typeof failures;

const isKnown = (code: string): code is FailureCode => Object.hasOwn(failures, code);

export const publicCodeOf = (code: FailureCode): PublicCode => failures[code].publicCode ?? "server_error";

/** Where Okta keeps its own record of a sign-in, whatever went wrong. */
const oktaRecord = "Okta keeps its own record under Reports > System Log, filtered by the app.";

export const recordAt = (provider: string): string | null => (provider === "okta" ? oktaRecord : null);

export type Explanation = { publicCode: PublicCode | null; cause: string; cure: string; record: string | null };

/** What the owner reads of a failed exchange. `provider` is the connection's type: "okta", "entra", ... */
export function explainFailure(code: string, detail: Detail, provider: string): Explanation {
  const isOkta = provider === "okta";
  const record = recordAt(provider);
  if (!isKnown(code)) return { publicCode: null, cause: code, cure: "", record };
  const failure: Failure = failures[code];
  return {
    publicCode: failure.publicCode,
    cause: failure.cause(detail),
    cure: isOkta ? failure.okta(detail) : failure.other(detail),
    record,
  };
}

import "server-only";
import type { PublicCode } from "./public-texts";
import { samlFailures } from "./saml-failures";
import { signInFailures } from "./sign-in-failures";

/** Expected and received values, times, names: kept with the exchange, never shown to the person who signs in. */
export type Detail = Record<string, unknown>;

export type Failure = {
  /** What the person is told; null where the answer is a plain status and nothing is recorded. */
  publicCode: PublicCode | null;
  cause: (detail: Detail) => string;
  /** In Okta's own words, with the click path. */
  okta: (detail: Detail) => string;
  /** For every other provider. */
  other: (detail: Detail) => string;
};

/** Code -> cause -> cure: page, log and diagnosis show the same row. */
export const failures = { ...samlFailures, ...signInFailures } as const;

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

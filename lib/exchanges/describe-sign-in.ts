import "server-only";
import type { Detail } from "./failure";
import { type Explanation, explainFailure, recordAt } from "./failures";
import { outcomeOf, type SignInOutcome, type SignInRow } from "./queries";

export type DescribedSignIn = {
  outcome: SignInOutcome;
  /** Cause, cure and the provider's own record, where it was refused. */
  failure: Explanation | null;
  /** Where the provider keeps its own record, whatever became of it here. */
  record: string | null;
  expected: string | null;
  received: string | null;
  nameId: string | null;
  nameIdFormat: string | null;
  attributes: string[];
  certificate: string | null;
};

/** One attempt as the owner reads it: the failure's row filled with what was kept of this one. */
export function describeSignIn(row: SignInRow, provider: string, now: Date): DescribedSignIn {
  const detail = row.detail as Detail;
  return {
    outcome: outcomeOf(row, now),
    failure: row.outcome === "failed" ? explainFailure(row.code ?? "GH-SAML-SERVER", detail, provider) : null,
    record: recordAt(provider),
    expected: text(detail.expected),
    received: text(detail.received),
    nameId: text(detail.nameId),
    nameIdFormat: text(detail.nameIdFormat),
    attributes: Array.isArray(detail.attributes) ? detail.attributes.map(String) : [],
    certificate: text(detail.certificate),
  };
}

const text = (value: unknown): string | null =>
  value === undefined || value === null || value === ""
    ? null
    : Array.isArray(value)
      ? value.join("\n")
      : String(value);

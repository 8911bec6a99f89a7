/** Why the guard refused, as the failure table of the exchanges reads it. `rule` is the row of sign-in.md 4.1. */
export type SamlRefusal = {
  code: SamlRefusalCode;
  rule: number;
  expected?: string;
  received?: string;
  detail?: string;
};

const rules = {
  "GH-SAML-TOO-LARGE": 5,
  "GH-SAML-BASE64": 12,
  "GH-SAML-ENCODING": 13,
  "GH-SAML-XML-FORBIDDEN": 14,
  "GH-SAML-XML-ENTITY": 15,
  "GH-SAML-XML-LIMIT": 16,
  "GH-SAML-XML-INVALID": 17,
  "GH-SAML-XML-ID": 18,
  "GH-SAML-XML-NAMESPACE": 18,
  "GH-SAML-NOT-RESPONSE": 19,
  "GH-SAML-IDP-STATUS": 20,
  "GH-SAML-SHAPE": 21,
  "GH-SAML-ASSERTION-COUNT": 22,
  "GH-SAML-ENCRYPTED": 23,
  "GH-SAML-SIGNATURE-PLACE": 24,
  "GH-SAML-UNSIGNED": 25,
  "GH-SAML-ASSERTION-UNSIGNED": 26,
  "GH-SAML-SIGNATURE-SHAPE": 27,
  "GH-SAML-ALGORITHM": 28,
  "GH-SAML-TRANSFORM": 29,
  "GH-SAML-SIGNATURE": 30,
  "GH-SAML-ISSUER": 34,
  "GH-SAML-DESTINATION": 35,
  "GH-SAML-IN-RESPONSE-TO": 36,
  "GH-SAML-AUDIENCE": 37,
  "GH-SAML-CONDITION": 38,
  "GH-SAML-NAMEID": 39,
  "GH-SAML-RECIPIENT": 40,
  "GH-SAML-CONFIRMATION": 40,
  "GH-SAML-AUTHN-STATEMENT": 41,
  "GH-SAML-ATTRIBUTE-TWICE": 42,
  "GH-SAML-TIME-FORMAT": 44,
  "GH-SAML-CLOCK": 45,
  "GH-SAML-EXPIRED": 46,
  "GH-SAML-SESSION-ENDED": 46,
  "GH-SAML-STALE": 47,
} as const;

export type SamlRefusalCode = keyof typeof rules;

/** What a rule throws and `checkResponse` alone catches, so that the rules read from top to bottom. */
export class Refused extends Error {
  constructor(readonly refusal: SamlRefusal) {
    super(refusal.code);
  }
}

/** Ends the check with this code. Foreign values are cut to a length that a page can show. */
export function refuse(code: SamlRefusalCode, facts: Omit<SamlRefusal, "code" | "rule"> = {}): never {
  const refusal: SamlRefusal = { code, rule: rules[code] };
  for (const key of ["expected", "received", "detail"] as const) {
    const value = facts[key];
    if (value !== undefined) refusal[key] = value.length > 500 ? `${value.slice(0, 500)}…` : value;
  }
  throw new Refused(refusal);
}

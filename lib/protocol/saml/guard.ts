import { checkDestination, checkInResponseTo, checkIssuer } from "./addressing";
import { readConditions } from "./conditions";
import { decodeResponse } from "./decode-response";
import { type Envelope, findSignatures, readEnvelope } from "./envelope";
import type { Expected, GuardInput, GuardOptions } from "./guard-input";
import { attribute, readXml } from "./read-xml";
import { Refused, refuse, type SamlRefusal } from "./refusal";
import { verifySignature } from "./signature";
import { readAttributes, readAuthnStatements, type SamlAttribute } from "./statements";
import { type NameId, readConfirmations, readNameId } from "./subject";
import { checkValidity } from "./validity";

export type SamlAnswer = {
  assertionId: string;
  responseId: string;
  issueInstant: Date;
  notOnOrAfter: Date;
  sessionNotOnOrAfter: Date | null;
  authnInstant: Date;
  authnContextClass: string | null;
  nameId: NameId;
  attributes: SamlAttribute[];
  /** Fingerprint of the certificate whose key verified the signature (the assertion's, if it has one of its own). */
  verifiedBy: string;
  signed: "response" | "assertion" | "both";
  /** The identity provider's clock less ours. */
  clockOffsetMs: number;
};

export type GuardResult = { ok: true; answer: SamlAnswer } | { ok: false; refusal: SamlRefusal };

/**
 * Rules 12 to 47 of sign-in.md 4.1: the SAMLResponse field of a form, as posted, becomes an answer or the first reason
 * against it. Whatever the answer says was read from octets that a trusted key signed. Rules that need the store or
 * the flow (1-11, 23, 31-33, 43, 48-51) are the caller's.
 */
export function checkResponse(input: GuardInput): GuardResult {
  try {
    return { ok: true, answer: check(input) };
  } catch (error) {
    if (error instanceof Refused) return { ok: false, refusal: error.refusal };
    throw error;
  }
}

function check({ samlResponse, expected, options, now }: GuardInput): SamlAnswer {
  const { response, assertion, responseSigned, ...proof } = verify(parse(samlResponse), expected, options);
  checkIssuer(response, assertion, expected, options);
  checkDestination(response, responseSigned, expected);
  checkInResponseTo(response, expected);
  const conditions = readConditions(assertion, expected.entityId);
  const { subject, nameId } = readNameId(assertion);
  const confirmationEnds = readConfirmations(subject, expected);
  const { statements, contextClass } = readAuthnStatements(assertion);
  const attributes = readAttributes(assertion, options.mappedNames);
  const message = { response, assertion, conditions, confirmationEnds, statements };
  const validity = checkValidity(message, { ...options, now, requestSentAt: expected.requestSentAt });
  return {
    assertionId: attribute(assertion, "ID") ?? "",
    responseId: attribute(response, "ID") ?? "",
    ...validity,
    authnContextClass: contextClass,
    nameId,
    attributes,
    ...proof,
    clockOffsetMs: validity.issueInstant.getTime() - now.getTime(),
  };
}

/** Rules 12 to 22. */
function parse(samlResponse: string): Envelope {
  const read = readXml(decodeResponse(samlResponse));
  if (read.ok) return readEnvelope(read.root);
  const codes = { invalid: "GH-SAML-XML-INVALID", id: "GH-SAML-XML-ID", namespace: "GH-SAML-XML-NAMESPACE" } as const;
  return refuse(codes[read.fault], { received: read.what, detail: `line ${read.line}` });
}

/**
 * Rules 24 to 30. With only the assertion signed, what stands around it may refuse, never grant; with the Response
 * signed, all of it is read again from the signed octets.
 */
function verify(
  envelope: Envelope,
  { certificates }: Expected,
  { requireSignedAssertion }: GuardOptions,
): Envelope & { responseSigned: boolean; verifiedBy: string; signed: SamlAnswer["signed"] } {
  const signatures = findSignatures(envelope);
  if (!signatures.response && !signatures.assertion) refuse("GH-SAML-UNSIGNED");
  if (!signatures.assertion && requireSignedAssertion) refuse("GH-SAML-ASSERTION-UNSIGNED");
  const response = signatures.response && verifySignature(envelope.response, signatures.response, certificates);
  const assertion = signatures.assertion && verifySignature(envelope.assertion, signatures.assertion, certificates);
  const around = response ? readEnvelope(response.element) : envelope;
  return {
    response: around.response,
    assertion: assertion ? assertion.element : around.assertion,
    responseSigned: response !== null,
    verifiedBy: (assertion ?? response)?.verifiedBy ?? refuse("GH-SAML-UNSIGNED"),
    signed: response && assertion ? "both" : response ? "response" : "assertion",
  };
}

import { onlyText } from "./envelope";
import type { Expected, GuardOptions } from "./guard-input";
import { saml } from "./namespaces";
import { attribute, childrenNamed, type Element } from "./read-xml";
import { refuse } from "./refusal";

/** Rule 34: both messages are from the identity provider of this connection. */
export function checkIssuer(response: Element, assertion: Element, expected: Expected, options: GuardOptions) {
  const issuers = [["assertion", onlyText(assertion, "Issuer")]];
  if (childrenNamed(response, saml, "Issuer").length > 0) issuers.push(["Response", onlyText(response, "Issuer")]);
  for (const [where, issuer] of issuers) {
    if (issuer === expected.idpEntityId) continue;
    const other = options.otherIssuers?.find(({ entityId }) => entityId === issuer);
    refuse("GH-SAML-ISSUER", {
      expected: expected.idpEntityId,
      received: issuer ?? "none",
      detail: other ? `connection "${other.name}" has this issuer` : `Issuer of the ${where}`,
    });
  }
}

/** Rule 35. SAML bindings 3.5.5.2: a signed message must say where it is meant to go. */
export function checkDestination(response: Element, isSigned: boolean, { acsUrl }: Expected) {
  const destination = attribute(response, "Destination");
  if (destination === acsUrl || (destination === null && !isSigned)) return;
  refuse("GH-SAML-DESTINATION", { expected: acsUrl, received: destination ?? "none" });
}

/** Rule 36, for the Response; rule 40 asks the same of the signed confirmation, which alone can grant. */
export function checkInResponseTo(response: Element, { requestId }: Expected) {
  const received = attribute(response, "InResponseTo");
  if (received === requestId) return;
  refuse("GH-SAML-IN-RESPONSE-TO", { expected: requestId ?? "none", received: received ?? "none" });
}

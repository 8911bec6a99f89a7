import type { Expected } from "./guard-input";
import { saml } from "./namespaces";
import { attribute, childrenNamed, type Element, plainText } from "./read-xml";
import { refuse, type SamlRefusalCode } from "./refusal";

export type NameId = { value: string; format: string | null };

const bearer = "urn:oasis:names:tc:SAML:2.0:cm:bearer";

/** Rule 39: the one Subject and its one NameID. */
export function readNameId(assertion: Element): { subject: Element; nameId: NameId } {
  const [subject, second] = childrenNamed(assertion, saml, "Subject");
  if (!subject || second) return refuse("GH-SAML-NAMEID", { received: second ? "two Subjects" : "no Subject" });
  const [nameId, another] = childrenNamed(subject, saml, "NameID");
  if (!nameId || another) return refuse("GH-SAML-NAMEID", { received: another ? "two NameIDs" : "no NameID" });
  const value = plainText(nameId);
  if (value === null) return refuse("GH-SAML-NAMEID", { received: "elements inside NameID" });
  if (value.trim() === "") return refuse("GH-SAML-NAMEID", { received: "an empty NameID" });
  return { subject, nameId: { value, format: attribute(nameId, "Format") } };
}

/** Rule 40: the ends of the bearer confirmations that are meant for this request at this ACS; there is at least one. */
export function readConfirmations(subject: Element, expected: Expected): string[] {
  const bearers = childrenNamed(subject, saml, "SubjectConfirmation").filter(
    (one) => attribute(one, "Method") === bearer,
  );
  const judged = bearers.map((one) => judge(one, expected));
  const ends = judged.flatMap((one) => ("end" in one ? [one.end] : []));
  if (ends.length > 0) return ends;
  const fault = judged.find((one) => "code" in one);
  return fault && "code" in fault
    ? refuse(fault.code, fault)
    : refuse("GH-SAML-CONFIRMATION", { received: "no bearer confirmation" });
}

type Judgement = { end: string } | { code: SamlRefusalCode; expected?: string; received?: string; detail?: string };

/** SAML profiles 4.1.4.2: what the data of a bearer confirmation must and must not say. */
function judge(confirmation: Element, { acsUrl, requestId }: Expected): Judgement {
  const [data, second] = childrenNamed(confirmation, saml, "SubjectConfirmationData");
  if (!data || second) return { code: "GH-SAML-CONFIRMATION", detail: "not one SubjectConfirmationData" };
  const recipient = attribute(data, "Recipient");
  if (recipient !== acsUrl) return { code: "GH-SAML-RECIPIENT", expected: acsUrl, received: recipient ?? "none" };
  const notBefore = attribute(data, "NotBefore");
  if (notBefore !== null) return { code: "GH-SAML-CONFIRMATION", detail: "NotBefore", received: notBefore };
  const end = attribute(data, "NotOnOrAfter");
  if (end === null) return { code: "GH-SAML-CONFIRMATION", detail: "no NotOnOrAfter" };
  const inResponseTo = attribute(data, "InResponseTo");
  if (inResponseTo !== requestId) {
    return {
      code: "GH-SAML-CONFIRMATION",
      detail: "InResponseTo",
      expected: requestId ?? "none",
      received: inResponseTo ?? "none",
    };
  }
  return { end };
}

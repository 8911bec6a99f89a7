import { createHash, createSign, createVerify, type KeyLike } from "node:crypto";
import { SignedXml } from "xml-crypto";
import type { TestCertificate } from "./certificate-fixture";
import type { GuardInput } from "./guard-input";
import { pemToBase64 } from "./pem";

/** Test only: an identity provider that can be wrong in every way. Every text is a default that a test replaces. */

export const acsUrl = "https://gatehouse.example/api/saml/0198f6c1-2c61-7cc3-9f5e-111111111111/acs";
export const entityId = "https://gatehouse.example/api/saml/0198f6c1-2c61-7cc3-9f5e-111111111111/metadata";
export const idpEntityId = "http://www.okta.com/exk1abc2";
export const now = new Date("2026-11-24T12:00:00.000Z");
export const requestId = "_request1";

export const seconds = (offset: number) => new Date(now.getTime() + offset * 1000).toISOString();

const defaults = {
  prefix: "",
  responseAttributes: `ID="_response1" Version="2.0" IssueInstant="${seconds(0)}" Destination="${acsUrl}" InResponseTo="${requestId}"`,
  responseIssuer: `<saml2:Issuer xmlns:saml2="urn:oasis:names:tc:SAML:2.0:assertion">${idpEntityId}</saml2:Issuer>`,
  status: '<saml2p:Status><saml2p:StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:Success"/></saml2p:Status>',
  extensions: "",
  assertionAttributes: `ID="_assertion1" Version="2.0" IssueInstant="${seconds(0)}"`,
  assertionIssuer: `<saml2:Issuer>${idpEntityId}</saml2:Issuer>`,
  nameId:
    '<saml2:NameID Format="urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress">ada@acme.example</saml2:NameID>',
  confirmationData: `InResponseTo="${requestId}" NotOnOrAfter="${seconds(300)}" Recipient="${acsUrl}"`,
  conditionsAttributes: `NotBefore="${seconds(-300)}" NotOnOrAfter="${seconds(300)}"`,
  audiences: `<saml2:AudienceRestriction><saml2:Audience>${entityId}</saml2:Audience></saml2:AudienceRestriction>`,
  authnStatement: `<saml2:AuthnStatement AuthnInstant="${seconds(-60)}" SessionIndex="s1"><saml2:AuthnContext><saml2:AuthnContextClassRef>urn:oasis:names:tc:SAML:2.0:ac:classes:PasswordProtectedTransport</saml2:AuthnContextClassRef></saml2:AuthnContext></saml2:AuthnStatement>`,
  attributes:
    attribute("email", "ada@acme.example") + attribute("firstName", "Ada") + attribute("lastName", "Lovelace"),
};
export type Parts = Partial<typeof defaults> & { subject?: string; conditions?: string; assertion?: string };

/** Okta's shape: a namespace declared twice at each value, `xs:string`, no FriendlyName. */
export function attribute(name: string, ...values: string[]): string {
  const texts = values.map(
    (value) =>
      `<saml2:AttributeValue xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:type="xs:string">${value}</saml2:AttributeValue>`,
  );
  return `<saml2:Attribute Name="${name}" NameFormat="urn:oasis:names:tc:SAML:2.0:attrname-format:unspecified">${texts.join("")}</saml2:Attribute>`;
}

/** An unsigned Response. */
export function writeResponse(parts: Parts = {}): string {
  const p = { ...defaults, ...parts };
  const subject =
    p.subject ??
    `<saml2:Subject>${p.nameId}<saml2:SubjectConfirmation Method="urn:oasis:names:tc:SAML:2.0:cm:bearer"><saml2:SubjectConfirmationData ${p.confirmationData}/></saml2:SubjectConfirmation></saml2:Subject>`;
  const conditions = p.conditions ?? `<saml2:Conditions ${p.conditionsAttributes}>${p.audiences}</saml2:Conditions>`;
  const assertion =
    p.assertion ??
    `<saml2:Assertion xmlns:saml2="urn:oasis:names:tc:SAML:2.0:assertion" ${p.assertionAttributes}>${p.assertionIssuer}${subject}${conditions}${p.authnStatement}<saml2:AttributeStatement>${p.attributes}</saml2:AttributeStatement></saml2:Assertion>`;
  return `<?xml version="1.0" encoding="UTF-8"?><saml2p:Response xmlns:saml2p="urn:oasis:names:tc:SAML:2.0:protocol" ${p.responseAttributes}>${p.responseIssuer}${p.extensions}${p.status}${assertion}</saml2p:Response>`;
}

const exclusive = "http://www.w3.org/2001/10/xml-exc-c14n#" as const;
export type Signing = {
  hash?: "sha1" | "sha256" | "sha384" | "sha512";
  digest?: "sha1" | "sha256" | "sha384" | "sha512";
  canonicalization?: typeof exclusive | "http://www.w3.org/TR/2001/REC-xml-c14n-20010315";
  transforms?: string[];
  prefixes?: string[];
  keyInfo?: boolean;
};

const signatureUris = {
  sha1: "http://www.w3.org/2000/09/xmldsig#rsa-sha1",
  sha256: "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256",
  sha384: "http://www.w3.org/2001/04/xmldsig-more#rsa-sha384",
  sha512: "http://www.w3.org/2001/04/xmldsig-more#rsa-sha512",
};
const digestUris = {
  sha1: "http://www.w3.org/2000/09/xmldsig#sha1",
  sha256: "http://www.w3.org/2001/04/xmlenc#sha256",
  sha384: "http://www.w3.org/2001/04/xmldsig-more#sha384",
  sha512: "http://www.w3.org/2001/04/xmlenc#sha512",
};

/** Signs the element with this ID, and puts the signature behind its Issuer, or as its first child if it has none. */
export function sign(xml: string, id: string, key: TestCertificate, signing: Signing = {}): string {
  const { hash = "sha256", digest = "sha256", canonicalization = exclusive, keyInfo = true, prefixes = [] } = signing;
  const signer = new SignedXml({
    privateKey: key.privatePem,
    signatureAlgorithm: signatureUris[hash],
    canonicalizationAlgorithm: canonicalization,
    getKeyInfoContent: ({ prefix } = {}) =>
      keyInfo
        ? `<${prefix}:X509Data><${prefix}:X509Certificate>${pemToBase64(key.pem)}</${prefix}:X509Certificate></${prefix}:X509Data>`
        : null,
  });
  signer.SignatureAlgorithms[signatureUris.sha384] = RsaSha384;
  signer.HashAlgorithms[digestUris.sha384] = Sha384;
  const element = `//*[@ID='${id}']`;
  signer.addReference({
    xpath: element,
    transforms: signing.transforms ?? ["http://www.w3.org/2000/09/xmldsig#enveloped-signature", canonicalization],
    digestAlgorithm: digestUris[digest],
    uri: `#${id}`,
    inclusiveNamespacesPrefixList: prefixes,
  });
  const issuer = `${element}/*[local-name()='Issuer']`;
  const hasIssuer = new RegExp(`ID="${id}"[^>]*><saml2:Issuer`).test(xml);
  const location = hasIssuer
    ? ({ reference: issuer, action: "after" } as const)
    : ({ reference: element, action: "prepend" } as const);
  signer.computeSignature(xml, { prefix: "ds", location });
  return signer.getSignedXml();
}

class RsaSha384 {
  getSignature = ((material: string, key: KeyLike) =>
    createSign("RSA-SHA384").update(material).sign(key, "base64")) as never;
  verifySignature = ((material: string, key: KeyLike, value: string) =>
    createVerify("RSA-SHA384").update(material).verify(key, value, "base64")) as never;
  getAlgorithmName = () => signatureUris.sha384 as never;
}
class Sha384 {
  getHash = (xml: string) => createHash("sha384").update(xml, "utf8").digest("base64");
  getAlgorithmName = () => digestUris.sha384 as never;
}

export const signAssertion = (xml: string, key: TestCertificate, signing?: Signing) =>
  sign(xml, "_assertion1", key, signing);
export const signResponse = (xml: string, key: TestCertificate, signing?: Signing) =>
  sign(xml, "_response1", key, signing);
export const signBoth = (xml: string, key: TestCertificate, signing?: Signing) =>
  signResponse(signAssertion(xml, key, signing), key, signing);

export const encode = (xml: string) => Buffer.from(xml).toString("base64");

type Change = {
  expected?: Partial<GuardInput["expected"]>;
  options?: Partial<GuardInput["options"]>;
  now?: Date;
};

/** The guard's input for a message to a request of ours, sent 30 s ago. */
export function inputFor(xml: string, trusted: TestCertificate[], change: Change = {}): GuardInput {
  const certificates = trusted.map(({ pem }) => ({
    pem,
    sha256: createHash("sha256")
      .update(Buffer.from(pemToBase64(pem), "base64"))
      .digest("hex"),
  }));
  return {
    samlResponse: encode(xml),
    expected: {
      acsUrl,
      entityId,
      idpEntityId,
      certificates,
      requestId,
      requestSentAt: new Date(now.getTime() - 30_000),
      ...change.expected,
    },
    options: {
      requireSignedAssertion: false,
      toleranceSeconds: 120,
      mappedNames: ["email", "firstName", "lastName", "groups"],
      ...change.options,
    },
    now: change.now ?? now,
  };
}

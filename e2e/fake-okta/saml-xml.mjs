import { randomBytes } from "node:crypto";
import { SignedXml } from "xml-crypto";

/**
 * @typedef {{ name: string, values: string[], nameFormat?: string }} Attribute
 * @typedef {{
 *   responseId: string, assertionId: string, destination: string, recipient: string, audiences: string[],
 *   responseIssuer: string | null, assertionIssuer: string, inResponseTo: string | null,
 *   responseIssued: Date | string, assertionIssued: Date | string, notBefore: Date, notOnOrAfter: Date, authenticated: Date,
 *   nameId: string | null, nameIdFormat: string, attributes: Attribute[], status: string, conditions: string | null,
 *   confirmationMethod: string, authnStatement: boolean,
 * }} Facts What a response says. Faults change it before it is signed.
 * @typedef {{ certificateBase64: string, privateKeyPem: string }} Signer
 */

export const nameIdFormats = {
  unspecified: "urn:oasis:names:tc:SAML:1.1:nameid-format:unspecified",
  emailAddress: "urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress",
  persistent: "urn:oasis:names:tc:SAML:2.0:nameid-format:persistent",
  transient: "urn:oasis:names:tc:SAML:2.0:nameid-format:transient",
};

const assertionNamespace = 'xmlns:saml2="urn:oasis:names:tc:SAML:2.0:assertion"';
const protocolNamespace = 'xmlns:saml2p="urn:oasis:names:tc:SAML:2.0:protocol"';
const schemaNamespace = 'xmlns:xs="http://www.w3.org/2001/XMLSchema"';
const typed = `${schemaNamespace} xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:type="xs:string"`;
const entityFormat = "urn:oasis:names:tc:SAML:2.0:nameid-format:entity";
export const success = "urn:oasis:names:tc:SAML:2.0:status:Success";

/** @param {string} text */
export const escapeXml = (text) =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");

/** Okta's ids: "id" and digits. */
export const newMessageId = () => `id${BigInt(`0x${randomBytes(10).toString("hex")}`)}`;

/** @param {Date | string} date */
const instant = (date) => (typeof date === "string" ? date : date.toISOString());
/** @param {string} name @param {string | null} value */
const optional = (name, value) => (value === null ? "" : ` ${name}="${escapeXml(value)}"`);
/** @param {string | null} issuer */
const issuerXml = (issuer) =>
  issuer === null
    ? ""
    : `<saml2:Issuer Format="${entityFormat}" ${assertionNamespace}>${escapeXml(issuer)}</saml2:Issuer>`;

/** Okta's shape: no FriendlyName, and the two schema namespaces declared again at each value. @param {Attribute} attribute */
const attributeXml = ({ name, values, nameFormat = "urn:oasis:names:tc:SAML:2.0:attrname-format:unspecified" }) =>
  `<saml2:Attribute Name="${escapeXml(name)}" NameFormat="${escapeXml(nameFormat)}">${values
    .map((value) => `<saml2:AttributeValue ${typed}>${escapeXml(value)}</saml2:AttributeValue>`)
    .join("")}</saml2:Attribute>`;

/** @param {Facts} facts */
const conditionsXml = ({ conditions, notBefore, notOnOrAfter, audiences }) =>
  conditions === null
    ? ""
    : `<saml2:Conditions NotBefore="${instant(notBefore)}" NotOnOrAfter="${instant(notOnOrAfter)}" ${assertionNamespace}>` +
      `<saml2:AudienceRestriction>${audiences.map((audience) => `<saml2:Audience>${escapeXml(audience)}</saml2:Audience>`).join("")}` +
      `</saml2:AudienceRestriction>${conditions}</saml2:Conditions>`;

/** @param {Facts} facts */
const authnStatementXml = ({ authnStatement, authenticated, inResponseTo, assertionId }) =>
  authnStatement
    ? `<saml2:AuthnStatement AuthnInstant="${instant(authenticated)}" SessionIndex="${escapeXml(inResponseTo ?? assertionId)}" ${assertionNamespace}>` +
      "<saml2:AuthnContext><saml2:AuthnContextClassRef>urn:oasis:names:tc:SAML:2.0:ac:classes:PasswordProtectedTransport" +
      "</saml2:AuthnContextClassRef></saml2:AuthnContext></saml2:AuthnStatement>"
    : "";

/** @param {Facts} facts */
const subjectXml = (facts) =>
  `<saml2:Subject ${assertionNamespace}>` +
  (facts.nameId === null
    ? ""
    : `<saml2:NameID Format="${escapeXml(facts.nameIdFormat)}">${escapeXml(facts.nameId)}</saml2:NameID>`) +
  `<saml2:SubjectConfirmation Method="${facts.confirmationMethod}"><saml2:SubjectConfirmationData` +
  `${optional("InResponseTo", facts.inResponseTo)} NotOnOrAfter="${instant(facts.notOnOrAfter)}"${optional("Recipient", facts.recipient)}/>` +
  "</saml2:SubjectConfirmation></saml2:Subject>";

/** An assertion that stands alone: it declares every namespace it uses. @param {Facts} facts */
export const assertionXml = (facts) =>
  `<saml2:Assertion ID="${facts.assertionId}" IssueInstant="${instant(facts.assertionIssued)}" Version="2.0" ${assertionNamespace} ${schemaNamespace}>` +
  issuerXml(facts.assertionIssuer) +
  subjectXml(facts) +
  conditionsXml(facts) +
  authnStatementXml(facts) +
  (facts.attributes.length === 0
    ? ""
    : `<saml2:AttributeStatement ${assertionNamespace}>${facts.attributes.map(attributeXml).join("")}</saml2:AttributeStatement>`) +
  "</saml2:Assertion>";

/**
 * @param {Facts} facts
 * @param {{ content: string, afterIssuer?: string }} parts content: the assertion, or what stands in its place.
 */
export const responseXml = (facts, { content, afterIssuer = "" }) =>
  `<saml2p:Response Destination="${escapeXml(facts.destination)}" ID="${facts.responseId}"${optional("InResponseTo", facts.inResponseTo)}` +
  ` IssueInstant="${instant(facts.responseIssued)}" Version="2.0" ${protocolNamespace} ${schemaNamespace}>` +
  issuerXml(facts.responseIssuer) +
  afterIssuer +
  `<saml2p:Status ${protocolNamespace}><saml2p:StatusCode Value="${facts.status}"/></saml2p:Status>${content}</saml2p:Response>`;

const digests = {
  sha256: ["http://www.w3.org/2001/04/xmldsig-more#rsa-sha256", "http://www.w3.org/2001/04/xmlenc#sha256"],
  sha512: ["http://www.w3.org/2001/04/xmldsig-more#rsa-sha512", "http://www.w3.org/2001/04/xmlenc#sha512"],
  sha1: ["http://www.w3.org/2000/09/xmldsig#rsa-sha1", "http://www.w3.org/2000/09/xmldsig#sha1"],
};

/**
 * Signs the root element of `xml` in place, after its Issuer, as Okta does (exclusive C14N with PrefixList "xs").
 * @param {string} xml
 * @param {Signer} signer
 * @param {{ digest?: keyof typeof digests, keyInfo?: boolean }} [options]
 */
export function signRoot(xml, signer, { digest = "sha256", keyInfo = true } = {}) {
  const [signatureAlgorithm = "", digestAlgorithm = ""] = digests[digest];
  const exclusive = "http://www.w3.org/2001/10/xml-exc-c14n#";
  const signature = new SignedXml({
    privateKey: signer.privateKeyPem,
    signatureAlgorithm,
    canonicalizationAlgorithm: exclusive,
    getKeyInfoContent: () =>
      keyInfo
        ? `<ds:X509Data><ds:X509Certificate>${signer.certificateBase64}</ds:X509Certificate></ds:X509Data>`
        : null,
  });
  signature.addReference({
    xpath: "/*",
    transforms: ["http://www.w3.org/2000/09/xmldsig#enveloped-signature", exclusive],
    digestAlgorithm,
    inclusiveNamespacesPrefixList: ["xs"],
  });
  const hasIssuer = /^<[^>]+><saml2:Issuer/.test(xml);
  signature.computeSignature(xml, {
    prefix: "ds",
    location: hasIssuer ? { reference: "/*/*[1]", action: "after" } : { reference: "/*", action: "prepend" },
  });
  return signature.getSignedXml();
}

/** Cuts the first signature out. @param {string} xml */
export function takeSignature(xml) {
  const start = xml.indexOf("<ds:Signature ");
  const end = xml.indexOf("</ds:Signature>") + "</ds:Signature>".length;
  return { signature: xml.slice(start, end), rest: xml.slice(0, start) + xml.slice(end) };
}

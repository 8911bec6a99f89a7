import { deflateRawSync, inflateRawSync } from "node:zlib";
import { escapeXml } from "./escape-xml";
import { nameIdFormats, postBinding, saml, samlp } from "./namespaces";
import { attribute, is, readXml } from "./read-xml";
import { responseLimits, scanXml } from "./scan";

export type AuthnRequest = {
  id: string;
  issueInstant: Date;
  destination: string;
  /** Our entity ID. */
  issuer: string;
  acsUrl: string;
  nameIdFormat: "unspecified" | "emailAddress" | "persistent" | "none";
  forceAuthn: boolean;
};

/** An AuthnRequest (SAML core 3.4.1) that asks for the answer by POST at our ACS. */
export function writeAuthnRequest(request: AuthnRequest): string {
  const attributes = [
    ["xmlns:samlp", samlp],
    ["xmlns:saml", saml],
    ["ID", request.id],
    ["Version", "2.0"],
    ["IssueInstant", request.issueInstant.toISOString()],
    ["Destination", request.destination],
    ...(request.forceAuthn ? [["ForceAuthn", "true"] as const] : []),
    ["AssertionConsumerServiceURL", request.acsUrl],
    ["ProtocolBinding", postBinding],
  ].map(([name, value]) => ` ${name}="${escapeXml(value ?? "")}"`);
  const policy =
    request.nameIdFormat === "none"
      ? ""
      : `<samlp:NameIDPolicy AllowCreate="true" Format="${nameIdFormats[request.nameIdFormat]}"/>`;
  return `<samlp:AuthnRequest${attributes.join("")}><saml:Issuer>${escapeXml(request.issuer)}</saml:Issuer>${policy}</samlp:AuthnRequest>`;
}

/** The address of the Redirect binding (SAML bindings 3.4.4.1); a query that the address has already stays. */
export function redirectUrl(ssoUrl: string, xml: string, relayState: string): string {
  const [address = "", ...fragment] = ssoUrl.split("#");
  const message = deflateRawSync(xml).toString("base64");
  const query = `SAMLRequest=${encodeURIComponent(message)}&RelayState=${encodeURIComponent(relayState)}`;
  const joint = !address.includes("?") ? "?" : /[?&]$/.test(address) ? "" : "&";
  return [`${address}${joint}${query}`, ...fragment].join("#");
}

/** The hidden fields of the POST binding (SAML bindings 3.5.4). */
export const postForm = (xml: string, relayState: string): { SAMLRequest: string; RelayState: string } => ({
  SAMLRequest: Buffer.from(xml).toString("base64"),
  RelayState: relayState,
});

/** The ID of the AuthnRequest inside a Redirect address, or null if there is none. */
export function readRequestId(url: string): string | null {
  const message = URL.canParse(url) && new URL(url).searchParams.get("SAMLRequest");
  if (!message) return null;
  const xml = inflate(message);
  if (xml === null || scanXml(xml, responseLimits)) return null;
  const read = readXml(xml);
  return read.ok && is(read.root, samlp, "AuthnRequest") ? attribute(read.root, "ID") || null : null;
}

function inflate(message: string): string | null {
  try {
    return inflateRawSync(Buffer.from(message, "base64"), { maxOutputLength: 65_536 }).toString("utf8");
  } catch {
    return null;
  }
}

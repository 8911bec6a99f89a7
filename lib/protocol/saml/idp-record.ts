import { escapeXml } from "./escape-xml";
import { metadata, redirectBinding, samlp } from "./namespaces";
import { keyDescriptor } from "./sp-metadata";

/**
 * The metadata of a customer's identity provider as Jackson gets it (sign-in.md 11): entity ID, one Redirect address
 * and the certificates we trust, and nothing of what the provider itself wrote.
 */
export function writeIdpMetadata(idp: { entityId: string; ssoUrl: string; certificates: string[] }): string {
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<md:EntityDescriptor xmlns:md="${metadata}" entityID="${escapeXml(idp.entityId)}">`,
    `  <md:IDPSSODescriptor WantAuthnRequestsSigned="false" protocolSupportEnumeration="${samlp}">`,
    ...idp.certificates.map((pem) => keyDescriptor("signing", pem)),
    `    <md:SingleSignOnService Binding="${redirectBinding}" Location="${escapeXml(idp.ssoUrl)}"/>`,
    "  </md:IDPSSODescriptor>",
    "</md:EntityDescriptor>",
    "",
  ].join("\n");
}

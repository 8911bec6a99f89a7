import { escapeXml } from "./escape-xml";
import { metadata, nameIdFormats, postBinding, samlp, xmldsig } from "./namespaces";
import { pemToBase64 } from "./pem";

export type SpMetadata = {
  entityId: string;
  acsUrl: string;
  /** PEM, the current one first. */
  signingCertificates: string[];
  encryptionCertificates: string[];
  wantAssertionsSigned: boolean;
};

/** Our own metadata of one connection (sign-in.md 1.7): one POST ACS, no logout endpoint. */
export function writeSpMetadata(sp: SpMetadata): string {
  const keys = [
    ...sp.signingCertificates.map((pem) => keyDescriptor("signing", pem)),
    ...sp.encryptionCertificates.map((pem) => keyDescriptor("encryption", pem)),
  ];
  const formats = [nameIdFormats.unspecified, nameIdFormats.emailAddress, nameIdFormats.persistent];
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<md:EntityDescriptor xmlns:md="${metadata}" entityID="${escapeXml(sp.entityId)}">`,
    `  <md:SPSSODescriptor AuthnRequestsSigned="false" WantAssertionsSigned="${sp.wantAssertionsSigned}" protocolSupportEnumeration="${samlp}">`,
    ...keys,
    ...formats.map((format) => `    <md:NameIDFormat>${format}</md:NameIDFormat>`),
    `    <md:AssertionConsumerService Binding="${postBinding}" Location="${escapeXml(sp.acsUrl)}" index="0" isDefault="true"/>`,
    "  </md:SPSSODescriptor>",
    "</md:EntityDescriptor>",
    "",
  ].join("\n");
}

/** One key of a role, SAML metadata 2.4.1.1. */
export const keyDescriptor = (use: "signing" | "encryption", pem: string) =>
  `    <md:KeyDescriptor use="${use}"><ds:KeyInfo xmlns:ds="${xmldsig}"><ds:X509Data><ds:X509Certificate>${pemToBase64(pem)}</ds:X509Certificate></ds:X509Data></ds:KeyInfo></md:KeyDescriptor>`;

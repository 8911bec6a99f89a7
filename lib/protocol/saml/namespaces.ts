/** The namespaces and identifiers of SAML 2.0 and XML Signature that this folder reads or writes. */
export const samlp = "urn:oasis:names:tc:SAML:2.0:protocol";
export const saml = "urn:oasis:names:tc:SAML:2.0:assertion";
export const metadata = "urn:oasis:names:tc:SAML:2.0:metadata";
export const xmldsig = "http://www.w3.org/2000/09/xmldsig#";
export const xmlns = "http://www.w3.org/2000/xmlns/";

export const redirectBinding = "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect";
export const postBinding = "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST";

export const nameIdFormats = {
  unspecified: "urn:oasis:names:tc:SAML:1.1:nameid-format:unspecified",
  emailAddress: "urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress",
  persistent: "urn:oasis:names:tc:SAML:2.0:nameid-format:persistent",
  transient: "urn:oasis:names:tc:SAML:2.0:nameid-format:transient",
} as const;

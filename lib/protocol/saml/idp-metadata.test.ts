import { expect, test } from "vitest";
import { makeCertificate } from "./certificate-fixture";
import { readIdpMetadata } from "./idp-metadata";
import { metadataFaults } from "./metadata-faults";
import { warningSentence } from "./metadata-warnings";
import { pemToBase64 } from "./pem";

const now = new Date("2026-11-24T12:00:00Z");
const options = { now, ownEntityIdPrefix: "https://gatehouse.example/api/saml/", allowHttpLoopback: false };
const current = makeCertificate();
const next = makeCertificate({ name: "next.example" });
const expired = makeCertificate({ notAfter: new Date("2026-05-03T00:00:00Z") });
const endsSoon = makeCertificate({ notAfter: new Date("2026-12-20T00:00:00Z") });
const short = makeCertificate({ key: { type: "rsa", bits: 1024 } });

const key = (pem: string, use = ' use="signing"') =>
  `<md:KeyDescriptor${use}><ds:KeyInfo xmlns:ds="http://www.w3.org/2000/09/xmldsig#"><ds:X509Data><ds:X509Certificate>${pem}</ds:X509Certificate></ds:X509Data></ds:KeyInfo></md:KeyDescriptor>`;
const service = (binding: string, location: string) =>
  `<md:SingleSignOnService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-${binding}" Location="${location}"/>`;

const url = "https://acme.okta.com/app/acme_gatehouse_1/exk1abc2/sso/saml";
type Parts = { entityId?: string; keys?: string; services?: string; attributes?: string; validUntil?: string };
function entity(parts: Parts = {}) {
  const { entityId = "http://www.okta.com/exk1abc2", attributes = "", validUntil = "" } = parts;
  const keys = parts.keys ?? key(pemToBase64(current.pem));
  const services = parts.services ?? service("POST", url) + service("Redirect", url);
  return `<md:EntityDescriptor entityID="${entityId}"${validUntil} xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata"><md:IDPSSODescriptor WantAuthnRequestsSigned="false"${attributes} protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol">${keys}<md:NameIDFormat>urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress</md:NameIDFormat>${services}</md:IDPSSODescriptor></md:EntityDescriptor>`;
}
const okta = `<?xml version="1.0" encoding="UTF-8"?>${entity()}`;
const application = `<md:EntityDescriptor entityID="https://app.example" xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata"><md:SPSSODescriptor protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol"/></md:EntityDescriptor>`;
const group = (...entities: string[]) =>
  `<md:EntitiesDescriptor xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata">${entities.join("\n")}</md:EntitiesDescriptor>`;
const escaped = (text: string) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");

test("DF-13: Okta's metadata gives entity ID, addresses, certificate and signing claims", () => {
  const reading = readIdpMetadata(okta, options);
  expect(reading).toMatchObject({
    ok: true,
    facts: {
      entityId: "http://www.okta.com/exk1abc2",
      ssoRedirectUrl: url,
      ssoPostUrl: url,
      certificates: [{ pem: current.pem, usable: true, why: null }],
      signingClaims: { wantAuthnRequestsSigned: false },
      nameIdFormats: ["urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress"],
      validUntil: null,
      warnings: [],
    },
  });
});

test.each([
  ["a byte order mark and blank lines", `\ufeff\n \n${okta}\n\n`],
  ["CRLF", okta.replaceAll("><", ">\r\n<")],
  ["no XML declaration", entity()],
  ["another encoding in its declaration", okta.replace("UTF-8", "UTF-16")],
  ["quotation marks", `"${entity()}"`],
  ["apostrophes", ` '${entity()}' `],
  ["the quotes of a spreadsheet", `"${okta.replaceAll('"', '""')}"`],
  ["the quotes of JSON", JSON.stringify(okta.replaceAll("><", ">\n<"))],
  ["HTML escapes", escaped(okta)],
  ["HTML escapes in quotation marks", `"${escaped(okta).replaceAll('"', "&quot;")}"`],
  ["comments and a stylesheet", okta.replace("?>", '?><?xml-stylesheet href="x"?><!-- Okta & more -->')],
  ["folded base64", okta.replace(/[A-Za-z0-9+/]{64}/g, "$&\n      ")],
  ["another prefix", okta.replaceAll("md:", "").replace("xmlns:md", "xmlns")],
  ["one identity provider among applications", group(application, group(entity()), application)],
])("FX-5, FX-7: metadata with %s is read", (_name, text) => {
  expect(readIdpMetadata(text, options)).toMatchObject({
    ok: true,
    facts: { entityId: "http://www.okta.com/exk1abc2" },
  });
});

test("every signing key is read, those without a use too; keys for encryption are not", () => {
  const keys =
    key(pemToBase64(current.pem)) +
    key(pemToBase64(next.pem), "") +
    key(pemToBase64(current.pem)) +
    key(pemToBase64(endsSoon.pem), ' use="encryption"');
  const reading = readIdpMetadata(entity({ keys }), options);
  expect(reading.ok && reading.facts.certificates.map((one) => one.pem)).toEqual([current.pem, next.pem]);
  expect(reading.ok && reading.facts.warnings).toEqual([{ kind: "several-certificates", count: 2 }]);
});

test("only one binding is enough, and the first of each counts", () => {
  const services =
    service("SOAP", "http://x.example") + service("POST", url) + service("POST", "http://second.example");
  expect(readIdpMetadata(entity({ services }), options)).toMatchObject({
    ok: true,
    facts: { ssoRedirectUrl: null, ssoPostUrl: url },
  });
});

test("an expired certificate beside a good one is listed and left out", () => {
  const keys = key(pemToBase64(expired.pem)) + key("AAAA") + key(pemToBase64(endsSoon.pem));
  const reading = readIdpMetadata(entity({ keys }), { ...options, metadataHost: "idp.example" });
  expect(reading.ok && reading.facts.certificates.map((one) => one.usable)).toEqual([false, true]);
  expect(reading.ok && reading.facts.warnings.map(warningSentence)).toEqual([
    "The signing certificate expires on 20 December 2026.",
    "A certificate is left out. It expired on 3 May 2026.",
    "A signing certificate is unreadable and left out.",
    "The sign-in address is on another host than the metadata: acme.okta.com.",
  ]);
});

const firstDay = (text: string) => ` validUntil="${text}"`;
test.each([
  ["a web page", "<!DOCTYPE html><html><body>Sign in</body></html>", "GH-META-HTML", {}],
  [
    "an XHTML page",
    '<?xml version="1.0"?>\n<!-- x -->\n<html xmlns="http://www.w3.org/1999/xhtml"/>',
    "GH-META-HTML",
    {},
  ],
  ["a cut-off file", `\n\n${okta.replaceAll("><", ">\n<").slice(0, 900)}`, "GH-META-XML", { line: 9 }],
  ["words", "Copy Metadata URL", "GH-META-XML", { line: 1 }],
  ["nothing", " ", "GH-META-XML", { line: 1 }],
  ["two roots", entity() + entity(), "GH-META-XML", { line: 1 }],
  ["a tag closed by another", okta.replace("</md:IDPSSODescriptor>", "\n</md:IDPSSO>"), "GH-META-XML", { line: 2 }],
  ["an unbound prefix", entity().replace("xmlns:md=", "xmlns:mx="), "GH-META-XML", {}],
  ["a DOCTYPE", `<?xml version="1.0"?>\n<!DOCTYPE x [<!ENTITY e "y">]>${entity()}`, "GH-META-FORBIDDEN", { line: 2 }],
  ["an unknown entity", okta.replace("acme_gate", "&gate;"), "GH-META-XML", {}],
  ["an application", application, "GH-META-NOT-IDP", { variant: "application" }],
  ["another kind of XML", "<a xmlns='urn:b'/>", "GH-META-NOT-IDP", { variant: "other" }],
  ["our own metadata", application.replace("https://app.example", `${options.ownEntityIdPrefix}1`), "GH-META-OURS", {}],
  ["an identity provider under our name", entity({ entityId: `${options.ownEntityIdPrefix}1` }), "GH-META-OURS", {}],
  ["no entity ID", entity({ entityId: "" }), "GH-META-ENTITY-ID", { variant: "empty" }],
  ["two identity providers", group(entity(), entity({ entityId: "urn:b" })), "GH-META-SEVERAL", { count: 2 }],
  ["no certificate", entity({ keys: "" }), "GH-META-NO-CERT", {}],
  [
    "a key for encryption only",
    entity({ keys: key(pemToBase64(next.pem), ' use="encryption"') }),
    "GH-META-NO-CERT",
    {},
  ],
  ["an expired certificate", entity({ keys: key(pemToBase64(expired.pem)) }), "GH-META-CERT", {}],
  ["an unreadable certificate", entity({ keys: key("MIIC") }), "GH-META-CERT", {}],
  ["a short key", entity({ keys: key(pemToBase64(short.pem)) }), "GH-META-KEY", {}],
  ["a validity that is over", entity({ validUntil: firstDay("2026-11-24T12:00:00Z") }), "GH-META-EXPIRED", {}],
  ["a role whose validity is over", entity({ attributes: firstDay("2026-05-03T00:00:00Z") }), "GH-META-EXPIRED", {}],
  ["http", entity({ services: service("Redirect", "http://acme.okta.com/sso") }), "GH-META-SSO-URL", {}],
  ["a script", entity({ services: service("POST", "javascript:alert(1)") }), "GH-META-SSO-URL", {}],
  ["no host", entity({ services: service("POST", "https:///sso") }), "GH-META-SSO-URL", {}],
  ["no usable binding", entity({ services: service("SOAP", url) }), "GH-META-BINDING", {}],
  ["over a mebibyte", " ".repeat(1024 * 1024 + 1), "GH-META-TOO-LARGE", {}],
  ["over 50,000 elements", `<a xmlns="urn:a">${"<b/>".repeat(50_001)}</a>`, "GH-META-TOO-LARGE", {}],
])("metadata with %s is refused", (_name, text, code, details) => {
  const reading = readIdpMetadata(text, options);
  expect(reading).toMatchObject({ ok: false, code, ...details });
  if (!reading.ok) expect(metadataFaults[reading.code].sentence(reading)).toMatch(/^[A-Z].{15,}[.?]$/);
});

test("a validity that lies ahead is kept", () => {
  const reading = readIdpMetadata(entity({ validUntil: firstDay("2026-11-24T12:00:01Z") }), options);
  expect(reading).toMatchObject({ ok: true, facts: { validUntil: new Date("2026-11-24T12:00:01Z") } });
});

test("http on a loopback host is a sign-in address only where we are on one ourselves", () => {
  const text = entity({ services: service("Redirect", "http://127.0.0.1:7000/sso") });
  expect(readIdpMetadata(text, options)).toMatchObject({ ok: false, code: "GH-META-SSO-URL" });
  expect(readIdpMetadata(text, { ...options, allowHttpLoopback: true }).ok).toBe(true);
});

import { expect, test } from "vitest";
import { makeCertificate } from "./certificate-fixture";
import { readIdpMetadata } from "./idp-metadata";
import { writeIdpMetadata } from "./idp-record";
import { attribute, descendants, readXml } from "./read-xml";
import { responseLimits, scanXml } from "./scan";
import { writeSpMetadata } from "./sp-metadata";

const current = makeCertificate({ name: "gatehouse" });
const next = makeCertificate({ name: "gatehouse next" });
const sp = {
  entityId: "https://gatehouse.example/api/saml/1/metadata",
  acsUrl: "https://gatehouse.example/api/saml/1/acs",
  signingCertificates: [current.pem, next.pem],
  encryptionCertificates: [current.pem],
  wantAssertionsSigned: true,
};

function elementsOf(xml: string) {
  expect(scanXml(xml, responseLimits)).toBeNull();
  const read = readXml(xml);
  if (!read.ok) throw new Error(read.what);
  return [...descendants(read.root)];
}

test("our metadata names the entity ID, one POST ACS, the keys, and no logout endpoint", () => {
  const elements = elementsOf(writeSpMetadata(sp));
  const named = (name: string) => elements.filter((one) => one.localName === name);
  expect(elements[0] && attribute(elements[0], "entityID")).toBe(sp.entityId);
  expect(
    named("AssertionConsumerService").map((one) => [attribute(one, "Binding"), attribute(one, "Location")]),
  ).toEqual([["urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST", sp.acsUrl]]);
  expect(named("KeyDescriptor").map((one) => attribute(one, "use"))).toEqual(["signing", "signing", "encryption"]);
  expect(named("SPSSODescriptor").map((one) => attribute(one, "WantAssertionsSigned"))).toEqual(["true"]);
  expect(named("NameIDFormat")).toHaveLength(3);
  expect(named("SingleLogoutService")).toHaveLength(0);
});

test("values cannot become markup", () => {
  const acsUrl = "https://a.example/\"><md:Evil x='&lt;\n";
  const elements = elementsOf(writeSpMetadata({ ...sp, entityId: acsUrl, acsUrl }));
  expect(elements.some((one) => one.localName === "Evil")).toBe(false);
  expect(elements.map((one) => attribute(one, "Location")).filter(Boolean)).toEqual([acsUrl]);
});

test("the record for Jackson says of the identity provider exactly what we trust", () => {
  const xml = writeIdpMetadata({
    entityId: "urn:idp:'a'&b",
    ssoUrl: "https://idp.example/sso?a=1&b=2",
    certificates: [current.pem, next.pem],
  });
  const reading = readIdpMetadata(xml, {
    now: new Date("2026-11-24T12:00:00Z"),
    ownEntityIdPrefix: "https://gatehouse.example/",
    allowHttpLoopback: false,
  });
  expect(reading).toMatchObject({
    ok: true,
    facts: { entityId: "urn:idp:'a'&b", ssoRedirectUrl: "https://idp.example/sso?a=1&b=2", ssoPostUrl: null },
  });
  expect(reading.ok && reading.facts.certificates.map((one) => one.pem)).toEqual([current.pem, next.pem]);
});

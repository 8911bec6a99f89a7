import { deflateRawSync } from "node:zlib";
import { expect, test } from "vitest";
import { claimSets, flexopusAttributes, startSamlIdp } from "./saml-idp.mjs";

const acsUrl = "http://localhost:3999/api/saml/c1/acs";
const audience = "http://localhost:3999/api/saml/c1/metadata";
const request = deflateRawSync(
  `<samlp:AuthnRequest xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" ID="_r1" Version="2.0" AssertionConsumerServiceURL="${acsUrl}"><saml:Issuer>${audience}</saml:Issuer></samlp:AuthnRequest>`,
).toString("base64");

const decoded = (fields: { SAMLResponse: string }) => Buffer.from(fields.SAMLResponse, "base64").toString();

test("Flexopus's claim set arrives with a persistent NameID, for the person typed and nobody before", async () => {
  const idp = await startSamlIdp({ claimSet: claimSets.flexopus });
  try {
    await idp.configure({ acsUrl, audience });
    const metadata = await (await fetch(idp.metadataUrl)).text();
    expect(metadata).toContain('entityID="urn:example:idp"');
    const ssoUrl = `${idp.ssoUrl}?${new URLSearchParams({ SAMLRequest: request, RelayState: "relay1" })}`;
    const ada = { email: "ada@corp.example", firstName: "Ada", lastName: "Lee", department: "R&D", jobTitle: "Lead" };
    const first = await idp.submitAs(ssoUrl, { userName: "a8f-opaque", attributes: flexopusAttributes(ada) });
    expect(first).toMatchObject({ acsUrl, fields: { RelayState: "relay1" } });
    const xml = decoded(first.fields);
    expect(xml).toContain('nameid-format:persistent">a8f-opaque</saml:NameID>');
    expect(xml).toContain('Name="http://schemas.xmlsoap.org/ws/2005/05/identity/claims/emailaddress"');
    expect(xml).toContain(">R&amp;D<");
    expect(xml).toContain(`<saml:Audience>${audience}</saml:Audience>`);
    expect(xml).toContain('InResponseTo="_r1"');
    expect(xml.match(/<Signature /g)).toHaveLength(2);

    const second = decoded((await idp.submitAs(ssoUrl, { userName: "b9c-opaque" })).fields);
    expect(second).toContain(">b9c-opaque</saml:NameID>");
    expect(second).not.toContain("ada@corp.example");
  } finally {
    await idp.stop();
  }
});

test("Federated Directory's shape is a NameID and no attribute at all", async () => {
  const idp = await startSamlIdp({ claimSet: claimSets.nameIdOnly, acsUrl, audience, relayState: "initiate-sp-login" });
  try {
    const { fields } = await idp.submitAs(idp.ssoUrl, { userName: "ada.lee" });
    expect(decoded(fields)).toContain(">ada.lee</saml:NameID>");
    expect(decoded(fields)).not.toContain("AttributeStatement");
    expect(decoded(fields)).not.toContain("InResponseTo");
    expect(fields.RelayState).toBe("initiate-sp-login");
  } finally {
    await idp.stop();
  }
});

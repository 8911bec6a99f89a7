import { deflateRawSync } from "node:zlib";
import { expect, test } from "vitest";
import { SignedXml } from "xml-crypto";
import { createIdp, readAuthnRequest, serveIdp } from "./saml.mjs";
import { faultNames } from "./saml-faults.mjs";
import { wrappings } from "./saml-wrapping.mjs";

const idp = createIdp();
const answer = {
  acsUrl: "http://localhost:3000/api/saml/c/acs",
  audience: "http://localhost:3000/api/saml/c/metadata",
  request: { id: "_request1", issuer: "x", acsUrl: "y" },
  nameId: "ada@corp.example",
  attributes: { email: "ada@corp.example", firstName: "Ada", lastName: "L<e>e" },
  groups: ["Everyone", "Eng & Ops"],
};
const signatures = (xml: string) => xml.match(/<ds:Signature .*?<\/ds:Signature>/gs) ?? [];
const verifies = (xml: string, signature: string) => {
  const check = new SignedXml({ publicCert: idp.certificatePem, getCertFromKeyInfo: () => null });
  check.loadSignature(signature);
  try {
    return check.checkSignature(xml);
  } catch {
    return false;
  }
};

test("a response has Okta's shape and both signatures verify", () => {
  const xml = Buffer.from(idp.respond(answer), "base64").toString();
  expect(signatures(xml)).toHaveLength(2);
  for (const signature of signatures(xml)) expect(verifies(xml, signature)).toBe(true);
  expect(idp.entityId).toMatch(/^http:\/\/www\.okta\.com\/exk[A-Za-z0-9]{17}$/);
  expect(xml).not.toContain("FriendlyName");
  expect(xml.match(/<saml2:AttributeValue xmlns:xs="[^"]+" xmlns:xsi="[^"]+" xsi:type="xs:string">/g)).toHaveLength(5);
  expect(xml).toContain('<InclusiveNamespaces PrefixList="xs"');
});

test("groups that match nothing leave no group attribute, as Okta does", () => {
  expect(idp.responseText({ ...answer, groups: [] })).not.toContain('Name="groups"');
});

test("signatures stand right under their parents, after the Issuer", () => {
  expect(idp.responseText(answer).match(/<\/saml2:Issuer><ds:Signature /g)).toHaveLength(2);
});

/** What remains of a response when ids, times and signature values, which differ each time, are left out. */
const lasting = (base64: string) =>
  Buffer.from(base64, "base64")
    .toString("latin1")
    .replace(/id\d{20,}|\d{4}-\d\d-\d\dT[\d:.]+Z/g, "")
    .replace(/<ds:(SignatureValue|DigestValue)>[^<]*/g, "");

// These change a time, an id, a value of the signature or the base64 only: they are looked at one by one below.
const fleeting = [
  ...["expired", "notYetValid", "issuedInTheFuture", "wrongInResponseTo"],
  ...["duplicateId", "carriageReturns", "notBase64"],
];

test.each(faultNames.filter((name) => !fleeting.includes(name)))("the fault %s changes what is sent", (fault) => {
  const facts = { ...answer, planted: "planted@elsewhere.example" };
  expect(lasting(idp.respond({ ...facts, faults: [fault] }))).not.toBe(lasting(idp.respond(facts)));
});

test("faults of time move the times", () => {
  const until = (fault: string) =>
    Date.parse(
      /<saml2:Conditions [^>]*NotOnOrAfter="([^"]+)"/.exec(idp.responseText({ ...answer, faults: [fault] }))?.[1] ?? "",
    );
  expect(until("expired")).toBeLessThan(Date.now());
  expect(until("notYetValid")).toBeGreaterThan(Date.now() + 15 * 60_000);
});

test("faults of ids and of the encoding are there", () => {
  const text = (fault: string) => idp.responseText({ ...answer, faults: [fault] });
  expect(new Set(text("duplicateId").match(/ ID="[^"]+"/g)).size).toBe(1);
  expect(text("wrongInResponseTo")).not.toContain(answer.request.id);
  expect(text("carriageReturns").match(/&#xD;\n/g)?.length).toBeGreaterThan(1);
  expect(idp.respond({ ...answer, faults: ["notBase64"] })).toMatch(/^%%%/);
});

test("faults of the text break or keep the signature as they claim", () => {
  const first = (faults: string[]) => {
    const xml = idp.responseText({ ...answer, faults });
    return verifies(xml, signatures(xml)[0] ?? "");
  };
  expect(first(["commentInNameId"])).toBe(true);
  expect(first(["tamperedNameId"])).toBe(false);
  expect(first(["wrongKey"])).toBe(false);
  expect(first(["sha512"])).toBe(true);
});

test.each(Object.keys(wrappings))("%s plants another person beside a signature that still verifies", (kind) => {
  const xml = idp.responseText({ ...answer, faults: [kind], planted: "ceo@corp.example" });
  expect(xml).toContain(">ceo@corp.example</saml2:NameID>");
  expect(xml).toContain(">ada@corp.example</saml2:NameID>");
  expect(signatures(xml).length).toBeGreaterThan(0);
});

test("an unknown fault is an error, not a silent pass", () => {
  expect(() => idp.respond({ ...answer, faults: ["wrongAudiance"] })).toThrow("No such fault: wrongAudiance");
});

const requestXml =
  '<samlp:AuthnRequest xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" ID="_r1" AssertionConsumerServiceURL="http://sp/acs"><saml:Issuer xmlns:saml="x">http://sp/metadata</saml:Issuer></samlp:AuthnRequest>';

test("an AuthnRequest is read in both bindings", () => {
  const expected = { id: "_r1", issuer: "http://sp/metadata", acsUrl: "http://sp/acs" };
  expect(readAuthnRequest(deflateRawSync(requestXml).toString("base64"))).toEqual(expected);
  expect(readAuthnRequest(Buffer.from(requestXml).toString("base64"))).toEqual(expected);
});

test("the server answers a request at once for its person, or after the login form", async () => {
  const served = await serveIdp({ idp, people: { "ada@corp.example": { nameId: "ada@corp.example" } } });
  try {
    const saml = deflateRawSync(requestXml).toString("base64");
    const sso = `${served.ssoUrl}?${new URLSearchParams({ SAMLRequest: saml, RelayState: "relay1" })}`;
    const form = await (await fetch(sso)).text();
    expect(form).toContain('name="username"');
    const login = (username: string) =>
      fetch(`${served.origin}/login`, {
        method: "POST",
        body: new URLSearchParams({ SAMLRequest: saml, RelayState: "relay1", username }),
      }).then((page) => page.text());
    expect(await login("nobody@corp.example")).toContain("no such person");
    expect(await login("Ada@corp.example")).toContain('action="http://sp/acs"');

    served.person = { nameId: "bob@corp.example" };
    const posted = await (await fetch(sso)).text();
    const sent = Buffer.from(/name="SAMLResponse" value="([^"]+)"/.exec(posted)?.[1] ?? "", "base64").toString();
    expect(sent).toContain('InResponseTo="_r1"');
    expect(sent).toContain(">bob@corp.example<");
    expect(posted).toContain('name="RelayState" value="relay1"');
    expect(served.requests.map(({ id }) => id)).toEqual(["_r1", "_r1"]);

    served.app = { acsUrl: "http://sp/acs", audience: "http://sp/metadata" };
    const tile = await (await fetch(served.startUrl)).text();
    const unsolicited = Buffer.from(/name="SAMLResponse" value="([^"]+)"/.exec(tile)?.[1] ?? "", "base64").toString();
    expect(unsolicited).not.toContain("InResponseTo");
    expect(await (await fetch(served.metadataUrl)).text()).toContain(idp.entityId);
  } finally {
    await served.stop();
  }
});

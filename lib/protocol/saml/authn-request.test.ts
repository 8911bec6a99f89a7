import { deflateRawSync, inflateRawSync } from "node:zlib";
import { expect, test } from "vitest";
import { type AuthnRequest, postForm, readRequestId, redirectUrl, writeAuthnRequest } from "./authn-request";
import { attribute, childrenNamed, readXml } from "./read-xml";

const request: AuthnRequest = {
  id: "_a1",
  issueInstant: new Date("2026-11-24T12:00:00.000Z"),
  destination: 'https://idp.example/sso?a="1"&b=<2>',
  issuer: "https://gatehouse.example/api/saml/1/metadata",
  acsUrl: "https://gatehouse.example/api/saml/1/acs",
  nameIdFormat: "unspecified",
  forceAuthn: false,
};
const assertionNamespace = "urn:oasis:names:tc:SAML:2.0:assertion";
const protocolNamespace = "urn:oasis:names:tc:SAML:2.0:protocol";

function rootOf(xml: string) {
  const read = readXml(xml);
  if (!read.ok) throw new Error(read.what);
  return read.root;
}

test("an AuthnRequest names us, our ACS, its destination and the format we ask for", () => {
  const root = rootOf(writeAuthnRequest(request));
  expect(root.namespaceURI).toBe(protocolNamespace);
  expect(
    Object.fromEntries([...root.attributes].filter((one) => !one.prefix).map((one) => [one.name, one.value])),
  ).toEqual({
    ID: "_a1",
    Version: "2.0",
    IssueInstant: "2026-11-24T12:00:00.000Z",
    Destination: request.destination,
    AssertionConsumerServiceURL: request.acsUrl,
    ProtocolBinding: "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST",
  });
  expect(childrenNamed(root, assertionNamespace, "Issuer")[0]?.textContent).toBe(request.issuer);
});

test.each([
  ["unspecified", "urn:oasis:names:tc:SAML:1.1:nameid-format:unspecified"],
  ["emailAddress", "urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress"],
  ["persistent", "urn:oasis:names:tc:SAML:2.0:nameid-format:persistent"],
  ["none", undefined],
] as const)("FX-2: the NameID format %s is asked for", (nameIdFormat, format) => {
  const [policy] = childrenNamed(
    rootOf(writeAuthnRequest({ ...request, nameIdFormat })),
    protocolNamespace,
    "NameIDPolicy",
  );
  expect(policy && attribute(policy, "Format")).toBe(format);
});

test("ForceAuthn is written when a fresh sign-in is asked for", () => {
  expect(attribute(rootOf(writeAuthnRequest({ ...request, forceAuthn: true })), "ForceAuthn")).toBe("true");
});

test.each([
  ["https://idp.example/sso", "https://idp.example/sso?SAMLRequest="],
  ["https://idp.example/sso?org=acme", "https://idp.example/sso?org=acme&SAMLRequest="],
  ["https://idp.example/sso?", "https://idp.example/sso?SAMLRequest="],
])("the Redirect address keeps the query of %s", (url, start) => {
  const xml = writeAuthnRequest(request);
  const address = redirectUrl(url, xml, "a+b/c=&d");
  expect(address.startsWith(start)).toBe(true);
  const { searchParams } = new URL(address);
  expect(inflateRawSync(Buffer.from(searchParams.get("SAMLRequest") ?? "", "base64")).toString()).toBe(xml);
  expect(searchParams.get("RelayState")).toBe("a+b/c=&d");
});

test("a fragment stays behind the query", () => {
  expect(redirectUrl("https://idp.example/#app", "<a/>", "r")).toMatch(
    /^https:\/\/idp\.example\/\?SAMLRequest=.+&RelayState=r#app$/,
  );
});

test("the POST form carries the request in base64, not deflated", () => {
  const form = postForm("<a/>", "r");
  expect(form).toEqual({ SAMLRequest: "PGEvPg==", RelayState: "r" });
});

test("the ID of a request is read out of its Redirect address", () => {
  expect(readRequestId(redirectUrl("https://idp.example/sso", writeAuthnRequest(request), "r"))).toBe("_a1");
});

const carrying = (bytes: Buffer) => `https://idp.example/?SAMLRequest=${encodeURIComponent(bytes.toString("base64"))}`;
test.each([
  ["no address", "sso"],
  ["no request", "https://idp.example/?RelayState=r"],
  ["no deflated bytes", carrying(Buffer.from("<a/>"))],
  ["another message", redirectUrl("https://idp.example/", "<a ID='1'/>", "r")],
  ["no XML", redirectUrl("https://idp.example/", "<a", "r")],
  ["no ID", redirectUrl("https://idp.example/", `<AuthnRequest xmlns="${protocolNamespace}"/>`, "r")],
  ["a bomb", carrying(deflateRawSync(Buffer.alloc(10_000_000, 0x20)))],
])("from an address with %s no ID is read", (_name, url) => expect(readRequestId(url)).toBeNull());

import { createHmac } from "node:crypto";
import { expect, test } from "vitest";
import { makeCertificate } from "./certificate-fixture";
import { checkResponse } from "./guard";
import {
  acsUrl,
  encode,
  inputFor,
  type Signing,
  sign,
  signAssertion,
  signBoth,
  signResponse,
  writeResponse,
} from "./response-fixture";

const key = makeCertificate();
const stranger = makeCertificate({ name: "stranger" });
const elliptic = makeCertificate({ key: { type: "ec" } });

/** The code the guard refuses with; a message that gets in fails the test by name. */
function refusalOf(xml: string, change: Parameters<typeof inputFor>[2] = {}, trusted = [key]): string {
  const result = checkResponse(inputFor(xml, trusted, change));
  return result.ok ? `accepted ${result.answer.nameId.value}` : result.refusal.code;
}

const plain = writeResponse();
const both = signBoth(plain, key);
const assertionSigned = signAssertion(plain, key);
const responseSigned = signResponse(plain, key);

const pick = (xml: string, pattern: RegExp) => pattern.exec(xml)?.[0] ?? "";
const withoutSignatures = (xml: string) => xml.replace(/<ds:Signature .*?<\/ds:Signature>/g, "");

test.each([
  ["unsigned", plain, "GH-SAML-UNSIGNED"],
  ["stripped of both signatures", withoutSignatures(both), "GH-SAML-UNSIGNED"],
  [
    "stripped of KeyInfo's brothers",
    both.replaceAll(/<ds:SignedInfo>.*?<\/ds:SignedInfo>/g, ""),
    "GH-SAML-SIGNATURE-SHAPE",
  ],
  [
    "with an empty signature",
    assertionSigned.replace(/(<ds:Signature [^>]*>).*<\/ds:Signature>/, "$1</ds:Signature>"),
    "GH-SAML-SIGNATURE-SHAPE",
  ],
  [
    "with a signature value of nothing",
    assertionSigned.replace(/(?<=SignatureValue>)[^<]+/, ""),
    "GH-SAML-SIGNATURE-SHAPE",
  ],
  [
    "with a signature of another namespace",
    assertionSigned.replace('http://www.w3.org/2000/09/xmldsig#"', 'urn:x"'),
    "GH-SAML-SIGNATURE-PLACE",
  ],
  [
    "with a signature of another namespace in the Response",
    responseSigned.replace('http://www.w3.org/2000/09/xmldsig#"', 'urn:x"'),
    "GH-SAML-SIGNATURE-PLACE",
  ],
  [
    "with another NameID",
    assertionSigned.replace(">ada@acme.example</saml2:NameID", ">eve@acme.example</saml2:NameID"),
    "GH-SAML-SIGNATURE",
  ],
  ["with another attribute", responseSigned.replaceAll(">Ada<", ">Eve<"), "GH-SAML-SIGNATURE"],
  ["with one blank more", assertionSigned.replace("<saml2:Subject>", "<saml2:Subject> "), "GH-SAML-SIGNATURE"],
  [
    "with another status text",
    responseSigned.replace("</saml2p:Status>", "<saml2p:StatusMessage>x</saml2p:StatusMessage></saml2p:Status>"),
    "GH-SAML-SIGNATURE",
  ],
  [
    "with a changed digest",
    assertionSigned.replace(/(?<=DigestValue>)./, (one) => (one === "A" ? "B" : "A")),
    "GH-SAML-SIGNATURE",
  ],
  [
    "with a changed signature value",
    assertionSigned.replace(/(?<=SignatureValue>)./, (one) => (one === "A" ? "B" : "A")),
    "GH-SAML-SIGNATURE",
  ],
  ["by a stranger", signBoth(plain, stranger), "GH-SAML-SIGNATURE"],
  ["by a stranger who shows our key", signBoth(plain, { ...stranger, pem: key.pem }), "GH-SAML-SIGNATURE"],
  ["whose Response a stranger signed", signResponse(assertionSigned, stranger), "GH-SAML-SIGNATURE"],
  ["whose assertion a stranger signed", signResponse(signAssertion(plain, stranger), key), "GH-SAML-SIGNATURE"],
])("a message %s is refused", (_name, xml, code) => expect(refusalOf(xml)).toBe(code));

test("both signatures must verify, also when the other one would do", () => {
  const broken = both.replace(/(?<=ID="_assertion1".*SignatureValue>)./, (one) => (one === "A" ? "B" : "A"));
  expect(refusalOf(broken)).toBe("GH-SAML-SIGNATURE");
});

test("without trusted certificates, and with one of another kind, nothing verifies", () => {
  expect(refusalOf(both, {}, [])).toBe("GH-SAML-SIGNATURE");
  expect(refusalOf(both, {}, [elliptic])).toBe("GH-SAML-SIGNATURE");
  expect(refusalOf(both, {}, [{ ...key, pem: "no certificate" }])).toBe("GH-SAML-SIGNATURE");
});

test("a refusal names the key in KeyInfo and those we trust", () => {
  const result = checkResponse(inputFor(signAssertion(plain, stranger), [key]));
  expect(!result.ok && result.refusal).toEqual({
    code: "GH-SAML-SIGNATURE",
    rule: 30,
    expected: inputFor("", [key]).expected.certificates[0]?.sha256,
    received: inputFor("", [stranger]).expected.certificates[0]?.sha256,
    detail: "no trusted key made it",
  });
});

test("only the Response signed is refused where the assertion must be, and passes where it need not", () => {
  const change = { options: { requireSignedAssertion: true } };
  expect(refusalOf(responseSigned, change)).toBe("GH-SAML-ASSERTION-UNSIGNED");
  expect(refusalOf(responseSigned)).toBe("accepted ada@acme.example");
  expect(refusalOf(assertionSigned, change)).toBe("accepted ada@acme.example");
  expect(refusalOf(both, change)).toBe("accepted ada@acme.example");
});

const inSignedInfo = (from: string | RegExp, to: string) => assertionSigned.replace(from, to);
const digestValue = pick(assertionSigned, /<ds:DigestValue>.*?<\/ds:DigestValue>/);
const reference = pick(assertionSigned, /<ds:Reference .*?<\/ds:Reference>/);
const signedInfo = pick(assertionSigned, /<ds:SignedInfo>.*?<\/ds:SignedInfo>/);
test.each([
  ["two SignedInfo (CVE-2025-29774)", inSignedInfo(signedInfo, signedInfo + signedInfo), "GH-SAML-SIGNATURE-SHAPE"],
  [
    "a rogue SignedInfo first",
    inSignedInfo(signedInfo, signedInfo.replace(digestValue, "<ds:DigestValue>AAAA</ds:DigestValue>") + signedInfo),
    "GH-SAML-SIGNATURE-SHAPE",
  ],
  [
    "SignedInfo inside an Object",
    inSignedInfo("</ds:Signature>", `<ds:Object>${signedInfo}</ds:Object></ds:Signature>`),
    "GH-SAML-SIGNATURE-SHAPE",
  ],
  [
    "a comment in DigestValue (CVE-2025-29775)",
    inSignedInfo("<ds:DigestValue>", "<ds:DigestValue><!--AAAA-->"),
    "GH-SAML-XML-FORBIDDEN",
  ],
  ["an element in DigestValue", inSignedInfo("<ds:DigestValue>", "<ds:DigestValue><x/>"), "GH-SAML-SIGNATURE-SHAPE"],
  ["two DigestValues", inSignedInfo(digestValue, digestValue + digestValue), "GH-SAML-SIGNATURE-SHAPE"],
  ["no DigestValue", inSignedInfo(digestValue, ""), "GH-SAML-SIGNATURE-SHAPE"],
  ["two References", inSignedInfo(reference, reference + reference), "GH-SAML-SIGNATURE-SHAPE"],
  ["a Manifest's Reference", inSignedInfo(reference, `${reference}<ds:Manifest/>`), "GH-SAML-SIGNATURE-SHAPE"],
  [
    "an external Reference",
    inSignedInfo('URI="#_assertion1"', 'URI="https://evil.example/"'),
    "GH-SAML-SIGNATURE-SHAPE",
  ],
  ["a Reference to the whole document", inSignedInfo('URI="#_assertion1"', 'URI=""'), "GH-SAML-SIGNATURE-SHAPE"],
  ["a Reference without URI", inSignedInfo(' URI="#_assertion1"', ""), "GH-SAML-SIGNATURE-SHAPE"],
  ["a Reference to the Response", inSignedInfo('URI="#_assertion1"', 'URI="#_response1"'), "GH-SAML-SIGNATURE-SHAPE"],
  [
    "a Reference by XPointer",
    inSignedInfo('URI="#_assertion1"', `URI="#xpointer(id('_assertion1'))"`),
    "GH-SAML-SIGNATURE-SHAPE",
  ],
  [
    "two CanonicalizationMethods",
    inSignedInfo("<ds:SignatureMethod", `${pick(signedInfo, /<ds:CanonicalizationMethod[^>]*>/)}<ds:SignatureMethod`),
    "GH-SAML-SIGNATURE-SHAPE",
  ],
  [
    "a SignatureMethod of another namespace",
    inSignedInfo(/<ds:SignatureMethod ([^>]*)\/>/, '<SignatureMethod xmlns="urn:x" $1/>'),
    "GH-SAML-SIGNATURE-SHAPE",
  ],
  [
    "HMACOutputLength",
    inSignedInfo(
      /(<ds:SignatureMethod [^>]*)\/>/,
      "$1><ds:HMACOutputLength>0</ds:HMACOutputLength></ds:SignatureMethod>",
    ),
    "GH-SAML-SIGNATURE-SHAPE",
  ],
  ["a signature value that is no base64", inSignedInfo(/(?<=SignatureValue>)../, "%%"), "GH-SAML-SIGNATURE-SHAPE"],
  ["a relative namespace", inSignedInfo("<saml2:Subject>", '<saml2:Subject xmlns:x="../x">'), "GH-SAML-XML-NAMESPACE"],
  ["an empty namespace", inSignedInfo("<saml2:Subject>", '<saml2:Subject xmlns="">'), "GH-SAML-XML-NAMESPACE"],
  [
    "a namespace of 10,000 characters",
    inSignedInfo("<saml2:Subject>", `<saml2:Subject xmlns:x="urn:${"x".repeat(10_000)}">`),
    "GH-SAML-XML-NAMESPACE",
  ],
])("a signature with %s is refused", (_name, xml, code) => {
  expect(xml).not.toBe(assertionSigned);
  expect(refusalOf(xml)).toBe(code);
});

const weak: [string, Signing, string][] = [
  ["RSA-SHA1", { hash: "sha1" }, "GH-SAML-ALGORITHM"],
  ["a SHA-1 digest", { digest: "sha1" }, "GH-SAML-ALGORITHM"],
  [
    "canonicalization with comments",
    { canonicalization: "http://www.w3.org/2001/10/xml-exc-c14n#WithComments" as never },
    "GH-SAML-TRANSFORM",
  ],
];
test.each(weak)("a message properly signed with %s is refused", (_name, signing, code) => {
  for (const signer of [signResponse, signAssertion, signBoth])
    expect(refusalOf(signer(plain, key, signing))).toBe(code);
});

const transform = (algorithm: string, inner = "") => `<ds:Transform Algorithm="${algorithm}">${inner}</ds:Transform>`;
const exclusive = "http://www.w3.org/2001/10/xml-exc-c14n#";
const enveloped = "http://www.w3.org/2000/09/xmldsig#enveloped-signature";
test.each([
  ["HMAC", "http://www.w3.org/2000/09/xmldsig#hmac-sha1", "GH-SAML-ALGORITHM"],
  ["HMAC-SHA256", "http://www.w3.org/2001/04/xmldsig-more#hmac-sha256", "GH-SAML-ALGORITHM"],
  ["DSA", "http://www.w3.org/2000/09/xmldsig#dsa-sha1", "GH-SAML-ALGORITHM"],
  ["ECDSA", "http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256", "GH-SAML-ALGORITHM"],
  ["RSA-PSS", "http://www.w3.org/2007/05/xmldsig-more#sha256-rsa-MGF1", "GH-SAML-ALGORITHM"],
  ["an unknown algorithm", "urn:x", "GH-SAML-ALGORITHM"],
  ["the name of an object's own property", "constructor", "GH-SAML-ALGORITHM"],
])("the signature algorithm %s is refused", (_name, algorithm, code) => {
  expect(refusalOf(inSignedInfo(/(?<=SignatureMethod Algorithm=")[^"]+/, algorithm))).toBe(code);
});

test("an HMAC keyed with our certificate is no signature", () => {
  const xml = inSignedInfo(/(?<=SignatureMethod Algorithm=")[^"]+/, "http://www.w3.org/2000/09/xmldsig#hmac-sha1");
  const forged = createHmac("sha1", key.pem).update(signedInfo).digest("base64");
  expect(refusalOf(xml.replace(/(?<=SignatureValue>)[^<]+/, forged))).toBe("GH-SAML-ALGORITHM");
});

test.each([
  ["XSLT", transform("http://www.w3.org/TR/1999/REC-xslt-19991116"), "GH-SAML-TRANSFORM"],
  [
    "XPath",
    transform("http://www.w3.org/TR/1999/REC-xpath-19991116", "<ds:XPath>ancestor::x</ds:XPath>"),
    "GH-SAML-TRANSFORM",
  ],
  ["base64", transform("http://www.w3.org/2000/09/xmldsig#base64"), "GH-SAML-TRANSFORM"],
  [
    "an XPath inside a known one",
    transform(enveloped) + transform(exclusive, "<ds:XPath>x</ds:XPath>"),
    "GH-SAML-TRANSFORM",
  ],
  ["an XPath inside the enveloped one", transform(enveloped, "<ds:XPath>x</ds:XPath>"), "GH-SAML-TRANSFORM"],
  ["three", transform(enveloped) + transform(exclusive) + transform(exclusive), "GH-SAML-TRANSFORM"],
  ["two canonicalizations", transform(exclusive) + transform(exclusive), "GH-SAML-TRANSFORM"],
  ["the enveloped one last", transform(exclusive) + transform(enveloped), "GH-SAML-TRANSFORM"],
  ["the enveloped one twice", transform(enveloped) + transform(enveloped), "GH-SAML-TRANSFORM"],
  ["2,000", transform(exclusive).repeat(2_000), "GH-SAML-TRANSFORM"],
  ["something else", "<ds:X/>", "GH-SAML-SIGNATURE-SHAPE"],
])("transforms are refused, before anything is computed: %s", (_name, transforms, code) => {
  expect(
    refusalOf(inSignedInfo(/<ds:Transforms>.*<\/ds:Transforms>/, `<ds:Transforms>${transforms}</ds:Transforms>`)),
  ).toBe(code);
});

test("an unsigned frame may refuse and never grant: what it says is not in the answer", () => {
  const frame = assertionSigned.replace('ID="_response1"', 'ID="_other"');
  const result = checkResponse(inputFor(frame, [key]));
  expect(result).toMatchObject({ ok: true, answer: { responseId: "_other", assertionId: "_assertion1" } });
  const denied = assertionSigned.replace("status:Success", "status:Responder");
  expect(refusalOf(denied)).toBe("GH-SAML-IDP-STATUS");
  expect(refusalOf(assertionSigned.replace(`Destination="${acsUrl}"`, 'Destination="x"'))).toBe("GH-SAML-DESTINATION");
});

test("a removed &#xD; cannot join what it parts into markup", () => {
  expect(refusalOf(assertionSigned.replace("<saml2:Subject>", "<!-&#xD;- x -->"))).toBe("GH-SAML-XML-FORBIDDEN");
  expect(refusalOf(assertionSigned.replace(">Ada<", ">&am&#xD;p<"))).toBe("GH-SAML-XML-ENTITY");
});

test("the same signed octets in another spelling are the same answer", () => {
  const spelt = assertionSigned.replace(/ID="_assertion1"/, "ID = '&#95;assertion1'").replace(">Ada<", ">&#65;da<");
  expect(spelt).not.toBe(assertionSigned);
  expect(checkResponse({ ...inputFor("", [key]), samlResponse: encode(spelt) })).toMatchObject({
    ok: true,
    answer: { assertionId: "_assertion1" },
  });
});

test("a signature over another element under the same key does not serve", () => {
  const nested = writeResponse({ attributes: "" }).replace("<saml2:Subject>", '<saml2:Subject ID="_subject1">');
  const moved = sign(nested, "_subject1", key);
  expect(refusalOf(moved)).toBe("GH-SAML-SIGNATURE-PLACE");
});

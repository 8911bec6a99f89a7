import { expect, test } from "vitest";
import { makeCertificate } from "./certificate-fixture";
import { checkResponse } from "./guard";
import { attribute, inputFor, signAssertion, signBoth, signResponse, writeResponse } from "./response-fixture";

const key = makeCertificate();

/** The code the guard refuses with; a message that gets in fails the test by name. */
function refusalOf(xml: string): string {
  const result = checkResponse(inputFor(xml, [key]));
  return result.ok ? `accepted ${result.answer.nameId.value}` : result.refusal.code;
}

const plain = writeResponse();
const assertionSigned = signAssertion(plain, key);
const responseSigned = signResponse(plain, key);

const pick = (xml: string, pattern: RegExp) => pattern.exec(xml)?.[0] ?? "";
const signature = /<ds:Signature .*?<\/ds:Signature>/;
const assertionOf = (xml: string) => pick(xml, /<saml2:Assertion .*<\/saml2:Assertion>/);
const responseOf = (xml: string) => pick(xml, /<saml2p:Response .*<\/saml2p:Response>/);
const withoutSignatures = (xml: string) => xml.replace(/<ds:Signature .*?<\/ds:Signature>/g, "");
const evil = (xml: string) =>
  xml.replaceAll("ada@acme.example", "eve@acme.example").replaceAll("_assertion1", "_evil1");

/** The eight shapes of "On Breaking SAML" (USENIX Security 2012), and some that came later. */
const rogueResponse = (inner: string) =>
  evil(responseOf(plain)).replace("_response1", "_evil0").replace("<saml2p:Status>", `${inner}<saml2p:Status>`);
const object = (inner: string) => `<ds:Object>${inner}</ds:Object></ds:Signature>`;
const rogueAssertion = evil(assertionOf(plain));
const [theirSignature, original] = [pick(assertionSigned, signature), withoutSignatures(assertionOf(assertionSigned))];
const inFrame = (inner: string) => plain.replace(/<saml2:Assertion .*<\/saml2:Assertion>/, () => inner);
const into = (assertion: string, inner: string) =>
  assertion.replace("</saml2:Assertion>", `${inner}</saml2:Assertion>`);

test.each([
  [
    "XSW1: the signed Response inside an Object of the rogue one's signature",
    rogueResponse(
      pick(responseSigned, signature).replace("</ds:Signature>", object(responseOf(withoutSignatures(responseSigned)))),
    ),
  ],
  [
    "XSW2: the signed Response before its detached signature",
    rogueResponse(responseOf(withoutSignatures(responseSigned)) + pick(responseSigned, signature)),
  ],
  ["XSW3: a rogue assertion before the signed one", inFrame(rogueAssertion + assertionOf(assertionSigned))],
  ["XSW3 the other way round", inFrame(assertionOf(assertionSigned) + rogueAssertion)],
  ["XSW4: the signed assertion inside the rogue one", inFrame(into(rogueAssertion, assertionOf(assertionSigned)))],
  [
    "XSW5: the rogue assertion carries the signature, the original follows",
    inFrame(into(rogueAssertion, theirSignature) + original),
  ],
  [
    "XSW6: the original inside the signature of the rogue assertion",
    inFrame(into(rogueAssertion, theirSignature.replace("</ds:Signature>", object(original)))),
  ],
  [
    "XSW7: a rogue assertion inside Extensions",
    assertionSigned.replace(
      "<saml2p:Status>",
      `<saml2p:Extensions>${rogueAssertion}</saml2p:Extensions><saml2p:Status>`,
    ),
  ],
  [
    "XSW8: the original inside an Object of the rogue assertion's signature",
    inFrame(into(rogueAssertion, theirSignature.replace("</ds:Signature>", object(original)))),
  ],
  [
    "the signed assertion inside a value",
    inFrame(rogueAssertion.replace(">Ada<", `>${assertionOf(assertionSigned)}<`)),
  ],
  [
    "the signed assertion inside Advice",
    inFrame(into(rogueAssertion, `<saml2:Advice>${assertionOf(assertionSigned)}</saml2:Advice>`)),
  ],
  [
    "the signed assertion under a foreign element",
    assertionSigned
      .replace("<saml2:Assertion", "<x:y xmlns:x='urn:x'><saml2:Assertion")
      .replace("</saml2:Assertion>", "</saml2:Assertion></x:y>"),
  ],
  [
    "an assertion of another namespace beside the signed one",
    inFrame(rogueAssertion.replace("SAML:2.0:assertion", "SAML:2.1:assertion") + assertionOf(assertionSigned)),
  ],
  [
    "an assertion of SAML 1.1 inside a value",
    assertionSigned.replace(">Ada<", "><Assertion xmlns='urn:oasis:names:tc:SAML:1.0:assertion'/><"),
  ],
  [
    "an encrypted one beside the signed one",
    assertionSigned.replace(
      "</saml2p:Response>",
      "<saml2:EncryptedAssertion xmlns:saml2='urn:oasis:names:tc:SAML:2.0:assertion'/></saml2p:Response>",
    ),
  ],
  ["two roots", assertionSigned + responseOf(plain)],
  ["a foreign root around it", `<x:y xmlns:x="urn:x">${responseOf(assertionSigned)}</x:y>`],
  ["the signed assertion as the root", assertionOf(assertionSigned)],
  [
    "the rogue assertion with the same ID",
    inFrame(rogueAssertion.replace("_evil1", "_assertion1") + assertionOf(assertionSigned)),
  ],
  [
    "the signature moved deeper into the assertion",
    inFrame(into(original, `<saml2:Advice>${theirSignature}</saml2:Advice>`)),
  ],
  [
    "a second signature under the assertion",
    inFrame(into(assertionOf(assertionSigned), theirSignature.replaceAll(" Id=", " X="))),
  ],
])("wrapping is refused, never the planted identity: %s", (_name, xml) => {
  expect(refusalOf(xml)).toMatch(/^GH-SAML-(SHAPE|ASSERTION-COUNT|SIGNATURE-PLACE|XML-INVALID|XML-ID|NOT-RESPONSE)$/);
});

test.each([
  [
    "one assertion's signature on another",
    inFrame(into(rogueAssertion.replace("_evil1", "_assertion1"), theirSignature)),
    "GH-SAML-SIGNATURE",
  ],
  [
    "the Response's signature under the assertion",
    signResponse(plain, key)
      .replace(signature, "")
      .replace("</saml2:Assertion>", `${pick(responseSigned, signature)}</saml2:Assertion>`),
    "GH-SAML-SIGNATURE-SHAPE",
  ],
  [
    "the signature moved out of the assertion",
    assertionSigned.replace(signature, "").replace("<saml2p:Status>", () => `${theirSignature}<saml2p:Status>`),
    "GH-SAML-SIGNATURE-SHAPE",
  ],
  [
    "an encrypted assertion alone",
    signResponse(
      writeResponse({ assertion: '<saml2:EncryptedAssertion xmlns:saml2="urn:oasis:names:tc:SAML:2.0:assertion"/>' }),
      key,
    ),
    "GH-SAML-ENCRYPTED",
  ],
])("%s is refused", (_name, xml, code) => expect(refusalOf(xml)).toBe(code));

test.each([
  ["ID twice", assertionSigned.replace('ID="_response1"', 'ID="_assertion1"'), "GH-SAML-XML-ID"],
  ["Id", assertionSigned.replace("<saml2:Subject>", '<saml2:Subject Id="_assertion1">'), "GH-SAML-XML-ID"],
  ["xml:id", assertionSigned.replace("<saml2:Subject>", '<saml2:Subject xml:id="_assertion1">'), "GH-SAML-XML-ID"],
  [
    "AssertionID",
    assertionSigned.replace("<saml2:Subject>", '<saml2:Subject AssertionID="_assertion1">'),
    "GH-SAML-XML-ID",
  ],
  [
    "a prefixed id",
    assertionSigned.replace("<saml2:Subject>", '<saml2:Subject xmlns:w="urn:w" w:id="_assertion1">'),
    "GH-SAML-XML-ID",
  ],
  [
    "the ID of a Signature",
    assertionSigned.replace("<ds:Signature ", '<ds:Signature Id="_assertion1" '),
    "GH-SAML-XML-ID",
  ],
])("an ID that stands twice is refused: %s", (_name, xml, code) => expect(refusalOf(xml)).toBe(code));

test("random damage to a signed message never changes who signs in", () => {
  // A fixed seed: the same 1,500 messages at every run.
  let seed = 20261124;
  const below = (limit: number) => {
    seed = (Math.imul(seed, 1_103_515_245) + 12_345) >>> 0;
    return Math.floor((seed / 2 ** 32) * limit);
  };
  const tokens = [
    "<",
    ">",
    '"',
    "&#xD;",
    "&#65;",
    " ",
    "x",
    "<!-- -->",
    "saml2:",
    "ID",
    "<x/>",
    "_assertion1",
    "",
    "eve@acme.example",
  ];
  const bases = [
    assertionSigned,
    responseSigned,
    signBoth(writeResponse({ attributes: attribute("email", "ada@acme.example") }), key),
  ];
  const seen = { accepted: 0, refused: 0 };
  for (let round = 0; round < 1_500; round += 1) {
    const base = bases[round % 3] ?? "";
    const at = below(base.length);
    const piece = below(5) === 0 ? base.slice(below(base.length)).slice(0, 400) : (tokens[below(tokens.length)] ?? "");
    const result = checkResponse(inputFor(base.slice(0, at) + piece + base.slice(at + below(4)), [key]));
    seen[result.ok ? "accepted" : "refused"] += 1;
    if (!result.ok) continue;
    expect(result.answer.nameId.value).toBe("ada@acme.example");
    expect(result.answer.attributes.find(({ name }) => name === "email")?.values).toEqual(["ada@acme.example"]);
  }
  // Damage to KeyInfo and blanks between attributes is none, so some do pass.
  expect(seen.accepted).toBeGreaterThan(20);
  expect(seen.refused).toBeGreaterThan(1_000);
});

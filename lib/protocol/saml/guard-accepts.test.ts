import { expect, test } from "vitest";
import { makeCertificate } from "./certificate-fixture";
import { checkResponse } from "./guard";
import {
  attribute,
  entityId,
  idpEntityId,
  inputFor,
  now,
  type Parts,
  requestId,
  type Signing,
  seconds,
  sign,
  signAssertion,
  signBoth,
  signResponse,
  writeResponse,
} from "./response-fixture";

const key = makeCertificate();
const next = makeCertificate({ name: "next.example" });
const inclusive = "http://www.w3.org/TR/2001/REC-xml-c14n-20010315";

function answerTo(xml: string, change: Parameters<typeof inputFor>[2] = {}, trusted = [key]) {
  const result = checkResponse(inputFor(xml, trusted, change));
  if (!result.ok) throw new Error(JSON.stringify(result.refusal));
  return result.answer;
}

test.each([
  ["response", signResponse],
  ["assertion", signAssertion],
  ["both", signBoth],
] as const)("FX-2, DF-9: Okta's answer with %s signed is read", (signed, signer) => {
  const { attributes, verifiedBy, ...answer } = answerTo(signer(writeResponse(), key));
  expect(answer).toEqual({
    assertionId: "_assertion1",
    responseId: "_response1",
    issueInstant: now,
    notOnOrAfter: new Date(seconds(300)),
    sessionNotOnOrAfter: null,
    authnInstant: new Date(seconds(-60)),
    authnContextClass: "urn:oasis:names:tc:SAML:2.0:ac:classes:PasswordProtectedTransport",
    nameId: { value: "ada@acme.example", format: "urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress" },
    signed,
    clockOffsetMs: 0,
  });
  expect(attributes.map(({ name, values }) => [name, values])).toEqual([
    ["email", ["ada@acme.example"]],
    ["firstName", ["Ada"]],
    ["lastName", ["Lovelace"]],
  ]);
  expect(verifiedBy).toBe(inputFor("", [key]).expected.certificates[0]?.sha256);
});

test("the next certificate verifies as the current one does, and is named", () => {
  const { verifiedBy } = answerTo(signBoth(writeResponse(), next), {}, [key, next]);
  expect(verifiedBy).toBe(inputFor("", [next]).expected.certificates[0]?.sha256);
});

const signings: [string, Signing][] = [
  ["RSA-SHA512 and SHA-512", { hash: "sha512", digest: "sha512" }],
  ["RSA-SHA384 and SHA-384", { hash: "sha384", digest: "sha384" }],
  ["no KeyInfo", { keyInfo: false }],
  ["InclusiveNamespaces", { prefixes: ["xs", "xsi"] }],
  ["inclusive canonicalization", { canonicalization: inclusive }],
  ["the enveloped transform alone", { transforms: ["http://www.w3.org/2000/09/xmldsig#enveloped-signature"] }],
];
for (const [name, signing] of signings) {
  test.each([
    ["Response", signResponse],
    ["assertion", signAssertion],
    ["both", signBoth],
  ] as const)(`a message with ${name} is accepted: %s signed`, (_what, signer) => {
    expect(answerTo(signer(writeResponse(), key, signing)).nameId.value).toBe("ada@acme.example");
  });
}

test("inclusive canonicalization takes in the namespaces that are declared around the assertion", () => {
  const xml = writeResponse().replace("<saml2p:Response ", '<saml2p:Response xmlns="urn:around" xmlns:x="urn:x" ');
  expect(answerTo(signBoth(xml, key, { canonicalization: inclusive })).signed).toBe("both");
  expect(answerTo(signAssertion(xml, key, { prefixes: ["x"] })).signed).toBe("assertion");
});

test("the two signatures may use different canonicalizations", () => {
  const assertion = signAssertion(writeResponse(), key, { canonicalization: inclusive });
  expect(answerTo(signResponse(assertion, key)).signed).toBe("both");
});

const pretty = (xml: string) => xml.replace(/></g, ">\n    <");
test.each([
  ["pretty printed", signBoth(pretty(writeResponse()), key)],
  ["pretty printed with CRLF", signBoth(pretty(writeResponse()), key).replaceAll("\n", "\r\n")],
  [
    "with a folded signature value",
    signAssertion(writeResponse(), key).replace(/(?<=SignatureValue>[^<]*)[^<]{76}/g, "$&\n"),
  ],
  [
    "with &#xD; in the signature value",
    signAssertion(writeResponse(), key).replace(/(?<=SignatureValue>)[^<]{76}/, "$&&#xD;\n"),
  ],
  [
    "with &#13; in the signature value",
    signAssertion(writeResponse(), key).replace(/(?<=SignatureValue>)[^<]{76}/, "$&&#13;\n"),
  ],
  ["without XML declaration", signAssertion(writeResponse(), key).replace(/^<\?.*?\?>/, "")],
  [
    "with blanks before and after",
    signAssertion(writeResponse(), key)
      .replace(/^<\?.*?\?>/, "\n ")
      .concat("\n"),
  ],
  ["with numbers for characters", signAssertion(writeResponse(), key).replaceAll("acme.example<", "acme&#46;example<")],
])("a message %s is accepted", (_name, xml) => {
  expect(answerTo(xml).nameId.value).toBe("ada@acme.example");
});

test("folded base64 in the form value is accepted", () => {
  const input = inputFor(signAssertion(writeResponse(), key), [key]);
  const samlResponse = input.samlResponse.replace(/.{76}/g, "$&\r\n");
  expect(checkResponse({ ...input, samlResponse }).ok).toBe(true);
});

const other = "<saml2:Audience>https://other.example</saml2:Audience>";
const ours = `<saml2:Audience>${entityId}</saml2:Audience>`;
const restriction = (audiences: string) => `<saml2:AudienceRestriction>${audiences}</saml2:AudienceRestriction>`;
const parts: [string, Parts][] = [
  ["several audiences, ours among them", { audiences: restriction(other + ours) }],
  ["two restrictions that both name us", { audiences: restriction(ours) + restriction(other + ours) }],
  [
    "OneTimeUse and ProxyRestriction",
    { audiences: `${restriction(ours)}<saml2:OneTimeUse/><saml2:ProxyRestriction/>` },
  ],
  ["no Response Issuer", { responseIssuer: "" }],
  ["an Extensions element", { extensions: "<saml2p:Extensions><x:y xmlns:x='urn:x'/></saml2p:Extensions>" }],
  ["an unmapped attribute several times", { attributes: attribute("Role", "a") + attribute("Role", "b") }],
  ["an unmapped value with XML inside", { attributes: attribute("id", "<saml2:NameID>x</saml2:NameID>") }],
  ["no attributes (FD-6)", { attributes: "" }],
  ["NotBefore 60 s ahead", { conditionsAttributes: `NotBefore="${seconds(60)}" NotOnOrAfter="${seconds(300)}"` }],
  ["no NotBefore", { conditionsAttributes: `NotOnOrAfter="${seconds(300)}"` }],
  ["a name with U+FFFD and an emoji", { attributes: attribute("firstName", "A\ufffdda 👩‍🔬") }],
  [
    "a time with fraction and offset",
    { assertionAttributes: 'ID="_assertion1" Version="2.0" IssueInstant="2026-11-24T14:00:00.1234567+02:00"' },
  ],
];
test.each(parts)("a message with %s is accepted, whatever is signed", (_name, changed) => {
  for (const signer of [signResponse, signAssertion, signBoth]) {
    expect(answerTo(signer(writeResponse(changed), key)).assertionId).toBe("_assertion1");
  }
});

test.each([
  ["Response", signResponse],
  ["assertion", signAssertion],
] as const)("characters that XML 1.1 takes for line ends stay what they are: %s signed", (_what, signer) => {
  // As numbers, because the fixture's signer parses by XML 1.1; what it writes has the characters themselves.
  const xml = signer(writeResponse({ attributes: attribute("firstName", "A&#x2028;&#x85;") }), key);
  expect(xml).toContain("A\u2028\u0085");
  expect(answerTo(xml).attributes[0]?.values).toEqual(["A\u2028\u0085"]);
});

test("an unsigned Destination may be absent while the assertion is signed", () => {
  const responseAttributes = `ID="_response1" Version="2.0" IssueInstant="${seconds(0)}" InResponseTo="${requestId}"`;
  expect(answerTo(signAssertion(writeResponse({ responseAttributes }), key)).signed).toBe("assertion");
});

test("DF-10: 800 groups are read, in order", () => {
  const groups = Array.from({ length: 800 }, (_one, at) => `Group ${at} &amp; co`);
  const { attributes } = answerTo(signBoth(writeResponse({ attributes: attribute("groups", ...groups) }), key));
  expect(attributes).toEqual([expect.objectContaining({ name: "groups", friendlyName: null })]);
  expect(attributes[0]?.values).toEqual(groups.map((group) => group.replace("&amp;", "&")));
});

test("an answer that nobody asked for is read without InResponseTo", () => {
  const xml = writeResponse().replaceAll(/ ?InResponseTo="[^"]*"/g, "");
  expect(answerTo(signBoth(xml, key), { expected: { requestId: null, requestSentAt: null } }).assertionId).toBe(
    "_assertion1",
  );
});

test("of two bearer confirmations the one for us counts, and its end", () => {
  const confirmation = (data: string) =>
    `<saml2:SubjectConfirmation Method="urn:oasis:names:tc:SAML:2.0:cm:bearer"><saml2:SubjectConfirmationData ${data}/></saml2:SubjectConfirmation>`;
  const [nameId = ""] = /<saml2:NameID.*?<\/saml2:NameID>/.exec(writeResponse()) ?? [];
  const strange = confirmation(`Recipient="https://other.example" NotOnOrAfter="${seconds(9000)}"`);
  const mine = confirmation(
    `Recipient="${inputFor("", []).expected.acsUrl}" InResponseTo="${requestId}" NotOnOrAfter="${seconds(400)}"`,
  );
  const xml = writeResponse({ subject: `<saml2:Subject>${nameId}${strange}${mine}</saml2:Subject>` });
  expect(answerTo(signBoth(xml, key)).notOnOrAfter.toISOString()).toBe(seconds(400));
});

test("the earliest end of a session is told, and how far the other clock is off", () => {
  const statement = (end: number) =>
    `<saml2:AuthnStatement AuthnInstant="${seconds(-9)}" SessionNotOnOrAfter="${seconds(end)}"/>`;
  const assertionAttributes = `ID="_assertion1" Version="2.0" IssueInstant="${seconds(-4)}"`;
  const xml = writeResponse({ authnStatement: statement(7200) + statement(3600), assertionAttributes });
  expect(answerTo(signBoth(xml, key))).toMatchObject({
    sessionNotOnOrAfter: new Date(seconds(3600)),
    clockOffsetMs: -4000,
    authnContextClass: null,
  });
});

test("other prefixes and the default namespace are the same message", () => {
  const xml = writeResponse()
    .replaceAll("saml2p:", "")
    .replace("xmlns:saml2p", "xmlns")
    .replaceAll("saml2:", "a:")
    .replaceAll("xmlns:saml2", "xmlns:a");
  const signed = sign(sign(xml, "_assertion1", key), "_response1", key);
  expect(answerTo(signed).nameId.value).toBe("ada@acme.example");
  expect(signed).not.toContain(`saml2:Issuer>${idpEntityId}`);
});

import { deflateRawSync } from "node:zlib";
import { expect, test } from "vitest";
import { makeCertificate } from "./certificate-fixture";
import { checkResponse } from "./guard";
import type { SamlRefusal } from "./refusal";
import {
  acsUrl,
  attribute,
  encode,
  entityId,
  idpEntityId,
  inputFor,
  type Parts,
  requestId,
  seconds,
  signAssertion,
  signBoth,
  signResponse,
  writeResponse,
} from "./response-fixture";

const key = makeCertificate();
const good = signBoth(writeResponse(), key);

function refusalOf(xml: string, change: Parameters<typeof inputFor>[2] = {}): SamlRefusal {
  const result = checkResponse(inputFor(xml, [key], change));
  if (result.ok) throw new Error(`accepted ${result.answer.nameId.value}`);
  return result.refusal;
}
const refusalOfValue = (samlResponse: string) => checkResponse({ ...inputFor("", [key]), samlResponse });
const bytes = (...parts: (string | number[])[]) =>
  Buffer.concat(parts.map((part) => Buffer.from(part as string))).toString("base64");

test.each([
  ["a foreign character", `${encode(good).slice(0, 40)}%${encode(good).slice(40)}`, "GH-SAML-BASE64", "position 41"],
  ["the alphabet for URLs", encode("<a>???>>></a>").replace(/[+/]/, "_"), "GH-SAML-BASE64", "position"],
  ["padding in the middle", `PGEvPg==${encode(good)}`, "GH-SAML-BASE64", "position 7"],
  ["missing padding", "PGEvPg", "GH-SAML-BASE64", "the end"],
  ["stray bits at the end", "PGEvPh==", "GH-SAML-BASE64", "the end"],
  ["nothing but blanks", " \r\n", "GH-SAML-BASE64", "the end"],
  ["plain XML", good, "GH-SAML-BASE64", "position 1"],
  ["over 256 KiB", encode(`<a>${" ".repeat(256 * 1024)}</a>`), "GH-SAML-TOO-LARGE", undefined],
  [
    "deflated XML",
    deflateRawSync(good).toString("base64"),
    "GH-SAML-ENCODING",
    "deflated: the IdP used the Redirect binding",
  ],
  ["a byte that UTF-8 has not", bytes("<a>", [0xff], "</a>"), "GH-SAML-ENCODING", "not UTF-8"],
  ["an overlong character", bytes("<a>", [0xc0, 0xbc], "</a>"), "GH-SAML-ENCODING", "not UTF-8"],
  ["half a surrogate pair", bytes("<a>", [0xed, 0xa0, 0x80], "</a>"), "GH-SAML-ENCODING", "not UTF-8"],
  ["UTF-16", Buffer.from(`\ufeff${good}`, "utf16le").toString("base64"), "GH-SAML-ENCODING", "not UTF-8"],
  ["UTF-16 without mark", Buffer.from("<a/>", "utf16le").toString("base64"), "GH-SAML-ENCODING", "U+0000"],
  ["a byte order mark", encode(`\ufeff${good}`), "GH-SAML-ENCODING", "byte order mark"],
  ["another encoding's name", encode(good.replace("UTF-8", "ISO-8859-1")), "GH-SAML-ENCODING", "encoding ISO-8859-1"],
  ["a NUL", encode(good.replace(">Ada<", ">A\u0000da<")), "GH-SAML-ENCODING", "U+0000"],
  ["a DOCTYPE", encode(good.replace("?>", "?><!DOCTYPE x>")), "GH-SAML-XML-FORBIDDEN", "DOCTYPE at offset 38"],
  [
    "an external entity",
    encode(good.replace("?>", '?><!DOCTYPE x [<!ENTITY e SYSTEM "http://127.0.0.1/">]>')),
    "GH-SAML-XML-FORBIDDEN",
    "DOCTYPE",
  ],
  [
    "a comment inside the NameID",
    encode(good.replace("ada@acme", "ada@acme<!-- -->")),
    "GH-SAML-XML-FORBIDDEN",
    "comment",
  ],
  [
    "an instruction inside the NameID",
    encode(good.replace("ada@acme", "ada@acme<?x?>")),
    "GH-SAML-XML-FORBIDDEN",
    "processing instruction",
  ],
  ["CDATA", encode(good.replace(">Ada<", "><![CDATA[Ada]]><")), "GH-SAML-XML-FORBIDDEN", "CDATA"],
  ["an unknown entity", encode(good.replace(">Ada<", ">&ada;<")), "GH-SAML-XML-ENTITY", "offset"],
  ["a stray ampersand", encode(good.replace(">Ada<", ">A & da<")), "GH-SAML-XML-ENTITY", "offset"],
  [
    "an attribute twice",
    encode(good.replace("<saml2:Subject>", '<saml2:Subject a="1" a="2">')),
    "GH-SAML-XML-INVALID",
    "line 1",
  ],
  [
    "an unbound prefix",
    encode(good.replace("<saml2:Subject>", "<saml2:Subject x:a='1'>")),
    "GH-SAML-XML-INVALID",
    "line",
  ],
  ["text after the root", encode(`${good}x`), "GH-SAML-XML-INVALID", "line"],
  ["text before the root", encode(`x${good.replace(/^<\?.*?\?>/, "")}`), "GH-SAML-XML-INVALID", "line"],
  ["no element", encode("words"), "GH-SAML-XML-INVALID", "line"],
  ["a missing end", encode(good.slice(0, -1)), "GH-SAML-XML-INVALID", "line 1"],
])("rules 12 to 17: a form value with %s is refused", (_name, value, code, detail) => {
  const result = refusalOfValue(value);
  expect(result).toMatchObject({ ok: false, refusal: { code } });
  if (detail && !result.ok) expect(result.refusal.detail).toContain(detail);
});

const status = (inner: string) => `<saml2p:Status>${inner}</saml2p:Status>`;
const statusCode = (value: string, inner = "") =>
  `<saml2p:StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:${value}">${inner}</saml2p:StatusCode>`;
const message = (text: string) => `<saml2p:StatusMessage>${text}</saml2p:StatusMessage>`;
test.each([
  [
    "a LogoutResponse",
    good.replaceAll("saml2p:Response", "saml2p:LogoutResponse"),
    "GH-SAML-NOT-RESPONSE",
    "this is a LogoutResponse",
  ],
  ["SAML 1.1", good.replace("SAML:2.0:protocol", "SAML:1.0:protocol"), "GH-SAML-NOT-RESPONSE", "SAML 1.1"],
  [
    "WS-Federation",
    '<t:RequestSecurityTokenResponse xmlns:t="http://schemas.xmlsoap.org/ws/2005/02/trust"/>',
    "GH-SAML-NOT-RESPONSE",
    "WS-Federation",
  ],
  ["a Response of no namespace", "<Response Version='2.0'/>", "GH-SAML-NOT-RESPONSE", "no namespace"],
  ["another Version", good.replace('Version="2.0"', 'Version="2.1"'), "GH-SAML-NOT-RESPONSE", undefined],
  ["no Status", writeResponse({ status: "" }), "GH-SAML-IDP-STATUS", undefined],
  ["two Status", writeResponse({ status: status(statusCode("Success")).repeat(2) }), "GH-SAML-IDP-STATUS", undefined],
  ["two codes", writeResponse({ status: status(statusCode("Success").repeat(2)) }), "GH-SAML-IDP-STATUS", undefined],
  [
    "a failure",
    writeResponse({
      status: status(statusCode("Responder", statusCode("AuthnFailed")) + message("User is not assigned.")),
    }),
    "GH-SAML-IDP-STATUS",
    "User is not assigned.",
  ],
  ["a foreign child", writeResponse({ extensions: "<x:y xmlns:x='urn:x'/>" }), "GH-SAML-SHAPE", undefined],
  [
    "a child of SAML in the wrong place",
    writeResponse({ extensions: "<saml2p:Scoping/>" }),
    "GH-SAML-SHAPE",
    undefined,
  ],
  [
    "an assertion of another Version",
    signBoth(
      writeResponse({ assertionAttributes: `ID="_assertion1" Version="1.1" IssueInstant="${seconds(0)}"` }),
      key,
    ),
    "GH-SAML-SHAPE",
    undefined,
  ],
  ["no assertion", writeResponse({ assertion: "" }), "GH-SAML-ASSERTION-COUNT", undefined],
  [
    "an assertion without ID",
    writeResponse({ assertionAttributes: `Version="2.0" IssueInstant="${seconds(0)}"` }),
    "GH-SAML-XML-ID",
    "Assertion without ID",
  ],
])("rules 19 to 22: %s is refused", (_name, xml, code, detail) => {
  const refusal = refusalOf(xml);
  expect(refusal.code).toBe(code);
  if (detail) expect(refusal.detail).toContain(detail);
});

test("rule 20: code, sub-code and 200 characters of the message are told", () => {
  const codes = statusCode("Requester", statusCode("NoPassive"));
  expect(refusalOf(writeResponse({ status: status(codes + message("x".repeat(300))) }))).toEqual({
    code: "GH-SAML-IDP-STATUS",
    rule: 20,
    received: "urn:oasis:names:tc:SAML:2.0:status:Requester, urn:oasis:names:tc:SAML:2.0:status:NoPassive",
    detail: "x".repeat(200),
  });
});

const issuer = (text: string) => `<saml2:Issuer>${text}</saml2:Issuer>`;
const responseIssuer = (text: string) =>
  `<saml2:Issuer xmlns:saml2="urn:oasis:names:tc:SAML:2.0:assertion">${text}</saml2:Issuer>`;
const restriction = (...audiences: string[]) =>
  `<saml2:AudienceRestriction>${audiences.map((one) => `<saml2:Audience>${one}</saml2:Audience>`).join("")}</saml2:AudienceRestriction>`;
const data = (parts: { to?: string; end?: string; inResponseTo?: string; more?: string } = {}) => {
  const { to = acsUrl, end = `NotOnOrAfter="${seconds(300)}"`, inResponseTo = requestId, more = "" } = parts;
  return `${end} InResponseTo="${inResponseTo}" Recipient="${to}"${more}`;
};
const nameId = "<saml2:NameID>ada@acme.example</saml2:NameID>";
const confirmation = (inner: string, method = "bearer") =>
  `<saml2:SubjectConfirmation Method="urn:oasis:names:tc:SAML:2.0:cm:${method}">${inner}</saml2:SubjectConfirmation>`;
const bearer = confirmation(`<saml2:SubjectConfirmationData ${data()}/>`);
const subject = (inner: string) => `<saml2:Subject>${inner}</saml2:Subject>`;

const assertionFaults: [string, Parts, string][] = [
  ["no Issuer", { assertionIssuer: "" }, "GH-SAML-ISSUER"],
  ["two Issuers", { assertionIssuer: issuer(idpEntityId) + issuer(idpEntityId) }, "GH-SAML-ISSUER"],
  ["another Issuer", { assertionIssuer: issuer("http://www.okta.com/exkOther") }, "GH-SAML-ISSUER"],
  ["an Issuer in another case", { assertionIssuer: issuer(idpEntityId.toUpperCase()) }, "GH-SAML-ISSUER"],
  ["an Issuer with elements inside", { assertionIssuer: issuer(`${idpEntityId}<saml2:x/>`) }, "GH-SAML-ISSUER"],
  ["no Conditions", { conditions: "" }, "GH-SAML-AUDIENCE"],
  [
    "two Conditions",
    {
      conditions: `<saml2:Conditions NotOnOrAfter="${seconds(9)}">${restriction(entityId)}</saml2:Conditions>`.repeat(
        2,
      ),
    },
    "GH-SAML-AUDIENCE",
  ],
  ["no AudienceRestriction", { audiences: "" }, "GH-SAML-AUDIENCE"],
  ["an empty AudienceRestriction", { audiences: restriction() }, "GH-SAML-AUDIENCE"],
  ["another audience", { audiences: restriction("https://other.example") }, "GH-SAML-AUDIENCE"],
  ["an audience that begins with ours", { audiences: restriction(`${entityId}/x`) }, "GH-SAML-AUDIENCE"],
  ["an audience that ours begins with", { audiences: restriction(entityId.slice(0, -1)) }, "GH-SAML-AUDIENCE"],
  [
    "our audience in another case",
    { audiences: restriction(entityId.replace("gatehouse", "Gatehouse")) },
    "GH-SAML-AUDIENCE",
  ],
  ["our audience with a blank", { audiences: restriction(`${entityId} `) }, "GH-SAML-AUDIENCE"],
  ["two audiences in one text", { audiences: restriction(`${entityId} https://other.example`) }, "GH-SAML-AUDIENCE"],
  [
    "our audience of another namespace",
    { audiences: `${restriction("x")}<x:AudienceRestriction xmlns:x="urn:x"/>` },
    "GH-SAML-AUDIENCE",
  ],
  [
    "a second restriction without us",
    { audiences: restriction(entityId) + restriction("https://other.example") },
    "GH-SAML-AUDIENCE",
  ],
  ["an unknown condition", { audiences: `${restriction(entityId)}<saml2:Condition/>` }, "GH-SAML-CONDITION"],
  [
    "a foreign condition",
    { audiences: `${restriction(entityId)}<x:OneTimeUse xmlns:x="urn:x"/>` },
    "GH-SAML-CONDITION",
  ],
  ["no Subject", { subject: "" }, "GH-SAML-NAMEID"],
  ["two Subjects", { subject: subject(nameId + bearer).repeat(2) }, "GH-SAML-NAMEID"],
  ["no NameID", { subject: subject(bearer) }, "GH-SAML-NAMEID"],
  ["two NameIDs", { subject: subject(nameId + nameId + bearer) }, "GH-SAML-NAMEID"],
  ["an encrypted NameID", { subject: subject(`<saml2:EncryptedID/>${bearer}`) }, "GH-SAML-NAMEID"],
  ["a blank NameID", { nameId: "<saml2:NameID> </saml2:NameID>" }, "GH-SAML-NAMEID"],
  [
    "a NameID with elements inside",
    { nameId: "<saml2:NameID>ada<x:y xmlns:x='urn:x'/>@acme.example</saml2:NameID>" },
    "GH-SAML-NAMEID",
  ],
  ["no confirmation", { subject: subject(nameId) }, "GH-SAML-CONFIRMATION"],
  [
    "a confirmation that is not bearer",
    { subject: subject(nameId + confirmation(`<saml2:SubjectConfirmationData ${data()}/>`, "holder-of-key")) },
    "GH-SAML-CONFIRMATION",
  ],
  ["a confirmation without data", { subject: subject(nameId + confirmation("")) }, "GH-SAML-CONFIRMATION"],
  [
    "two data in one confirmation",
    { subject: subject(nameId + confirmation(`<saml2:SubjectConfirmationData ${data()}/>`.repeat(2))) },
    "GH-SAML-CONFIRMATION",
  ],
  ["a Recipient with one character more", { confirmationData: data({ to: `${acsUrl}/` }) }, "GH-SAML-RECIPIENT"],
  [
    "the Recipient of another connection",
    { confirmationData: data({ to: acsUrl.replace("1111/acs", "1112/acs") }) },
    "GH-SAML-RECIPIENT",
  ],
  ["a Recipient over http", { confirmationData: data({ to: acsUrl.replace("https", "http") }) }, "GH-SAML-RECIPIENT"],
  ["no Recipient", { confirmationData: data().replace(/ Recipient=.*/, "") }, "GH-SAML-RECIPIENT"],
  [
    "a confirmation with NotBefore",
    { confirmationData: data({ more: ` NotBefore="${seconds(-9)}"` }) },
    "GH-SAML-CONFIRMATION",
  ],
  ["a confirmation without end", { confirmationData: data({ end: "" }) }, "GH-SAML-CONFIRMATION"],
  [
    "InResponseTo of another request in the confirmation",
    { confirmationData: data({ inResponseTo: "_request2" }) },
    "GH-SAML-CONFIRMATION",
  ],
  [
    "no InResponseTo in the confirmation",
    { confirmationData: data().replace(/ InResponseTo="[^"]*"/, "") },
    "GH-SAML-CONFIRMATION",
  ],
  ["no AuthnStatement", { authnStatement: "" }, "GH-SAML-AUTHN-STATEMENT"],
  ["an attribute without Name", { attributes: attribute("", "x") }, "GH-SAML-ATTRIBUTE-TWICE"],
  [
    "a mapped attribute twice",
    { attributes: attribute("email", "a@acme.example") + attribute("email", "b@acme.example") },
    "GH-SAML-ATTRIBUTE-TWICE",
  ],
  [
    "a mapped attribute twice, over two statements",
    {
      attributes: `${attribute("email", "a@acme.example")}</saml2:AttributeStatement><saml2:AttributeStatement>${attribute("email", "a@acme.example")}`,
    },
    "GH-SAML-ATTRIBUTE-TWICE",
  ],
  [
    "elements inside a mapped value",
    { attributes: attribute("email", "<saml2:NameID>x</saml2:NameID>") },
    "GH-SAML-NAMEID",
  ],
];
test.each(assertionFaults)("DF-7, rules 34 to 42: %s is refused, whatever is signed", (_name, parts, code) => {
  for (const signer of [signResponse, signAssertion, signBoth]) {
    expect(refusalOf(signer(writeResponse(parts), key)).code).toBe(code);
  }
});

const frame = (inner: string) => `ID="_response1" Version="2.0" IssueInstant="${seconds(0)}" ${inner}`;
const ours = `Destination="${acsUrl}" InResponseTo="${requestId}"`;
const frameFaults: [string, Parts, string][] = [
  [
    "a Response Issuer of another",
    { responseIssuer: responseIssuer("http://www.okta.com/exkOther") },
    "GH-SAML-ISSUER",
  ],
  ["two Response Issuers", { responseIssuer: responseIssuer(idpEntityId).repeat(2) }, "GH-SAML-ISSUER"],
  [
    "a Destination with one character less",
    { responseAttributes: frame(ours.replace("/acs", "/ac")) },
    "GH-SAML-DESTINATION",
  ],
  [
    "a Destination on another host",
    { responseAttributes: frame(ours.replace("gatehouse.", "gatehouse2.")) },
    "GH-SAML-DESTINATION",
  ],
  ["an empty Destination", { responseAttributes: frame(ours.replace(acsUrl, "")) }, "GH-SAML-DESTINATION"],
  [
    "InResponseTo of another request",
    { responseAttributes: frame(ours.replace(requestId, "_request2")) },
    "GH-SAML-IN-RESPONSE-TO",
  ],
  ["no InResponseTo", { responseAttributes: frame(`Destination="${acsUrl}"`) }, "GH-SAML-IN-RESPONSE-TO"],
];
test.each(frameFaults)("DF-7, rules 34 to 36: %s is refused, also where it is not signed", (_name, parts, code) => {
  for (const signer of [signResponse, signAssertion, signBoth]) {
    expect(refusalOf(signer(writeResponse(parts), key)).code).toBe(code);
  }
});

test("rule 35: a signed Response without Destination is refused", () => {
  const xml = writeResponse({ responseAttributes: frame(`InResponseTo="${requestId}"`) });
  expect(refusalOf(signResponse(xml, key))).toEqual({
    code: "GH-SAML-DESTINATION",
    rule: 35,
    expected: acsUrl,
    received: "none",
  });
});

test("rules 36 and 40: an answer to a request is refused where none was asked for", () => {
  const unasked = { expected: { requestId: null, requestSentAt: null } };
  expect(refusalOf(good, unasked).code).toBe("GH-SAML-IN-RESPONSE-TO");
  const halfway = signAssertion(writeResponse({ responseAttributes: frame(`Destination="${acsUrl}"`) }), key);
  expect(refusalOf(halfway, unasked).code).toBe("GH-SAML-CONFIRMATION");
});

test("rule 36: InResponseTo that is right only in the unsigned part does not serve", () => {
  const stolen = signAssertion(writeResponse({ confirmationData: data({ inResponseTo: "_victim" }) }), key);
  expect(refusalOf(stolen).code).toBe("GH-SAML-CONFIRMATION");
});

test("rule 34: another connection that has this issuer is named", () => {
  const otherIssuers = [{ entityId: "http://www.okta.com/exkOther", name: "Acme Okta test" }];
  const xml = signBoth(writeResponse({ assertionIssuer: issuer("http://www.okta.com/exkOther") }), key);
  expect(refusalOf(xml, { options: { otherIssuers } })).toEqual({
    code: "GH-SAML-ISSUER",
    rule: 34,
    expected: idpEntityId,
    received: "http://www.okta.com/exkOther",
    detail: 'connection "Acme Okta test" has this issuer',
  });
});

test("rule 37: the audience received and the one expected are told", () => {
  const xml = signBoth(writeResponse({ audiences: restriction("https://a.example", "https://b.example") }), key);
  expect(refusalOf(xml)).toEqual({
    code: "GH-SAML-AUDIENCE",
    rule: 37,
    expected: entityId,
    received: "https://a.example, https://b.example",
  });
});

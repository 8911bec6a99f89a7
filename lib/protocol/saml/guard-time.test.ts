import { expect, test } from "vitest";
import { makeCertificate } from "./certificate-fixture";
import { checkResponse } from "./guard";
import {
  acsUrl,
  inputFor,
  type Parts,
  requestId,
  seconds,
  signAssertion,
  signBoth,
  writeResponse,
} from "./response-fixture";

const key = makeCertificate();

const outcome = (parts: Parts, change: Parameters<typeof inputFor>[2] = {}, signer = signBoth): string => {
  const result = checkResponse(inputFor(signer(writeResponse(parts), key), [key], change));
  return result.ok ? "accepted" : result.refusal.code;
};

const response = (issued: string) => ({
  responseAttributes: `ID="_response1" Version="2.0" IssueInstant="${issued}" Destination="${acsUrl}" InResponseTo="${requestId}"`,
});
const assertion = (issued: string) => ({
  assertionAttributes: `ID="_assertion1" Version="2.0" IssueInstant="${issued}"`,
});
const conditions = (notBefore: string, end: string) => ({
  conditionsAttributes: `NotBefore="${notBefore}" NotOnOrAfter="${end}"`,
});
const confirmation = (end: string) => ({
  confirmationData: `InResponseTo="${requestId}" NotOnOrAfter="${end}" Recipient="${acsUrl}"`,
});
const statement = (attributes: string) => ({ authnStatement: `<saml2:AuthnStatement ${attributes}/>` });
const session = (end: string) => statement(`AuthnInstant="${seconds(-9)}" SessionNotOnOrAfter="${end}"`);
const long = { ...conditions(seconds(-9000), seconds(9000)), ...confirmation(seconds(9000)) };
// The request of the fixture was sent 30 s ago.
const early = { expected: { requestSentAt: new Date(seconds(-2000)) } };

// 119 s pass and 121 s fail; the bound itself belongs to the side that the words of the rule name.
test.each([
  ["Response issued 119 s ahead", response(seconds(119)), {}, "accepted"],
  ["Response issued 120 s ahead", response(seconds(120)), {}, "accepted"],
  ["Response issued 121 s ahead", response(seconds(121)), {}, "GH-SAML-CLOCK"],
  ["assertion issued 119 s ahead", assertion(seconds(119)), {}, "accepted"],
  ["assertion issued 121 s ahead", assertion(seconds(121)), {}, "GH-SAML-CLOCK"],
  ["NotBefore 119 s ahead", conditions(seconds(119), seconds(300)), {}, "accepted"],
  ["NotBefore 121 s ahead", conditions(seconds(121), seconds(300)), {}, "GH-SAML-CLOCK"],
  ["issued 119 s before the request", { ...response(seconds(-149)), ...assertion(seconds(-149)) }, {}, "accepted"],
  ["Response issued 121 s before the request", response(seconds(-151)), {}, "GH-SAML-CLOCK"],
  ["assertion issued 121 s before the request", assertion(seconds(-151)), {}, "GH-SAML-CLOCK"],
  ["Conditions over for 119 s", conditions(seconds(-300), seconds(-119)), {}, "accepted"],
  ["Conditions over for 120 s", conditions(seconds(-300), seconds(-120)), {}, "GH-SAML-EXPIRED"],
  ["Conditions over for 121 s", conditions(seconds(-300), seconds(-121)), {}, "GH-SAML-EXPIRED"],
  ["confirmation over for 119 s", confirmation(seconds(-119)), {}, "accepted"],
  ["confirmation over for 121 s", confirmation(seconds(-121)), {}, "GH-SAML-EXPIRED"],
  ["session over for 119 s", session(seconds(-119)), {}, "accepted"],
  ["session over for 121 s", session(seconds(-121)), {}, "GH-SAML-SESSION-ENDED"],
  ["Response 719 s old", { ...long, ...response(seconds(-719)) }, early, "accepted"],
  ["Response 721 s old", { ...long, ...response(seconds(-721)) }, early, "GH-SAML-STALE"],
  ["assertion 719 s old", { ...long, ...assertion(seconds(-719)) }, early, "accepted"],
  ["assertion 721 s old", { ...long, ...assertion(seconds(-721)) }, early, "GH-SAML-STALE"],
  [
    "a year old",
    { ...long, ...assertion("2025-11-24T12:00:00Z") },
    { expected: { requestSentAt: null } },
    "GH-SAML-STALE",
  ],
])("rules 45 to 47 with a tolerance of 120 s: %s", (_name, parts, change, code) => {
  expect(outcome(parts, change)).toBe(code);
});

test.each([
  ["this very moment", { ...response(seconds(0)), ...conditions(seconds(0), seconds(1)) }, "accepted"],
  ["issued 1 s ahead", response(seconds(1)), "GH-SAML-CLOCK"],
  ["NotBefore 1 s ahead", conditions(seconds(1), seconds(9)), "GH-SAML-CLOCK"],
  ["NotOnOrAfter now", conditions(seconds(-9), seconds(0)), "GH-SAML-EXPIRED"],
  ["1 s before its end", confirmation(seconds(1)), "accepted"],
])("with no tolerance every second counts: %s", (_name, parts, code) => {
  expect(outcome(parts, { options: { toleranceSeconds: 0 } })).toBe(code);
});

const rule44: [string, Parts][] = [
  [
    "no IssueInstant in the Response",
    { responseAttributes: response("").responseAttributes.replace('IssueInstant=""', "") },
  ],
  ["no IssueInstant in the assertion", { assertionAttributes: 'ID="_assertion1" Version="2.0"' }],
  ["no end of the Conditions", { conditionsAttributes: `NotBefore="${seconds(-9)}"` }],
  ["no AuthnInstant", statement('SessionIndex="1"')],
  ["an IssueInstant without zone", assertion("2026-11-24T12:00:00")],
  ["a NotBefore that is no time", conditions("yesterday", seconds(9))],
  ["an empty NotBefore", conditions("", seconds(9))],
  ["an end that is a number", conditions(seconds(-9), "1795521900")],
  ["a confirmation end on 30 February", confirmation("2027-02-30T12:00:00Z")],
  ["a session end without zone", session("2027-02-20T12:00:00")],
];
test.each(rule44)("rule 44: %s is refused", (_name, parts) => {
  expect(outcome(parts)).toBe("GH-SAML-TIME-FORMAT");
});

test("times of an unsigned Response may refuse", () => {
  expect(outcome(response(seconds(121)), {}, signAssertion)).toBe("GH-SAML-CLOCK");
  expect(outcome(response("soon"), {}, signAssertion)).toBe("GH-SAML-TIME-FORMAT");
});

test("both times and the difference are told", () => {
  const xml = signBoth(writeResponse(assertion(seconds(214))), key);
  const result = checkResponse(inputFor(xml, [key]));
  expect(!result.ok && result.refusal).toEqual({
    code: "GH-SAML-CLOCK",
    rule: 45,
    expected: seconds(0),
    received: seconds(214),
    detail: "214 s ahead of our clock",
  });
});

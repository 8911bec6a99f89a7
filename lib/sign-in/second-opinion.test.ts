import { expect, test } from "vitest";
import { failsInJacksonOnly, isSameIdentity } from "./second-opinion";
import { nameIdentifierClaim, type VerifiedIdentity } from "./verified-identity";

const identity = (compared: Record<string, string[]>, nameId = "ada") => ({ nameId, compared }) as VerifiedIdentity;

test.each<[string, Record<string, string[]>, Record<string, unknown>, boolean]>([
  ["the same", { email: ["a@x"] }, { [nameIdentifierClaim]: "ada", email: "a@x" }, true],
  ["blanks collapsed alike", { email: [" a  b\n c "] }, { [nameIdentifierClaim]: "ada", email: "a b\n c" }, true],
  ["a list", { groups: ["a", "b"] }, { [nameIdentifierClaim]: "ada", groups: ["a", "b"] }, true],
  ["a list in another order", { groups: ["a", "b"] }, { [nameIdentifierClaim]: "ada", groups: ["b", "a"] }, false],
  ["another NameID", {}, { [nameIdentifierClaim]: "eve" }, false],
  ["no NameID", {}, {}, false],
  ["another e-mail", { email: ["a@x"] }, { [nameIdentifierClaim]: "ada", email: "e@x" }, false],
  ["an e-mail that only one read", { email: ["a@x"] }, { [nameIdentifierClaim]: "ada" }, false],
  ["an empty value", { email: [""] }, { [nameIdentifierClaim]: "ada", email: {} }, true],
  ["an own attribute of that name", { [nameIdentifierClaim]: ["x"] }, { [nameIdentifierClaim]: "x" }, true],
  ["an own attribute that differs", { [nameIdentifierClaim]: ["x"] }, { [nameIdentifierClaim]: "ada" }, false],
])("both validators read %s", (_case, compared, raw, same) => {
  expect(isSameIdentity(identity(compared), raw)).toBe(same);
});

test.each([
  ["<p:Response a='>'><Issuer>x</Issuer><Audience>y</Audience></p:Response>", false],
  [
    '<?xml version="1.0"?>\n<p:Response>\n <s:Issuer Format="f">x</s:Issuer><s:Audience>y</s:Audience></p:Response>',
    false,
  ],
  ["<p:Response><p:Status/><s:Assertion><s:Issuer>x</s:Issuer></s:Assertion></p:Response>", true],
  ["<p:Response><s:Issuer>x</s:Issuer><s:Audience>y</s:Audience><s:Audience>z</s:Audience></p:Response>", true],
  [
    "<p:Response><s:Issuer>x</s:Issuer><s:AudienceRestriction><s:Audience>y</s:Audience></s:AudienceRestriction></p:Response>",
    false,
  ],
])("%s needs Jackson's validator alone: %s", (xml, needed) => {
  expect(failsInJacksonOnly(xml)).toBe(needed);
});

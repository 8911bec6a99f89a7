import { expect, test, vi } from "vitest";
import { makeCertificate } from "./certificate-fixture";
import { checkResponse } from "./guard";
import { attribute, inputFor, signAssertion, writeResponse } from "./response-fixture";

const { parser } = vi.hoisted(() => ({ parser: vi.fn() }));
vi.mock("@xmldom/xmldom", async (original) => {
  const real = await original<typeof import("@xmldom/xmldom")>();
  class Counted extends real.DOMParser {
    override parseFromString(source: string, type: string) {
      parser();
      return super.parseFromString(source, type);
    }
  }
  return { ...real, DOMParser: Counted };
});

const key = makeCertificate();
const signed = signAssertion(writeResponse(), key);
const many = (count: number, write: (at: number) => string) =>
  Array.from({ length: count }, (_one, at) => write(at)).join("");
const inSubject = (inner: string) => signed.replace("<saml2:Subject>", () => `<saml2:Subject>${inner}`);

function timed(xml: string) {
  parser.mockClear();
  const start = performance.now();
  const result = checkResponse(inputFor(xml, [key]));
  return { code: result.ok ? "accepted" : result.refusal.code, ms: performance.now() - start };
}

test.each([
  ["20,000 attributes", inSubject(`<x${many(20_000, (at) => ` a${at}=""`)}/>`), "GH-SAML-XML-LIMIT"],
  ["50,000 attributes", inSubject(`<x${many(50_000, (at) => ` a${at}=""`)}/>`), "GH-SAML-TOO-LARGE"],
  [
    "2,000 declarations on the root",
    signed.replace("<saml2p:Response ", `<saml2p:Response${many(2_000, (at) => ` xmlns:n${at}="urn:n"`)} `),
    "GH-SAML-XML-LIMIT",
  ],
  ["20,000 elements", inSubject("<x/>".repeat(20_000)), "GH-SAML-XML-LIMIT"],
  ["depth 5,000", inSubject("<x>".repeat(5_000) + "</x>".repeat(5_000)), "GH-SAML-XML-LIMIT"],
  [
    "4,000 namespaces in scope",
    inSubject(many(60, (at) => `<x${many(60, (n) => ` xmlns:n${at}x${n}="urn:n"`)}>`)),
    "GH-SAML-XML-LIMIT",
  ],
  [
    "an entity bomb",
    signed.replace("?>", '?><!DOCTYPE x [<!ENTITY a "&b;&b;"><!ENTITY b "x">]>'),
    "GH-SAML-XML-FORBIDDEN",
  ],
  ["30,000 comments", inSubject("<!---->".repeat(30_000)), "GH-SAML-XML-FORBIDDEN"],
])("a flood of %s is refused within 200 ms and never reaches the parser", (_name, xml, code) => {
  const { code: refused, ms } = timed(xml);
  expect(refused).toBe(code);
  expect(parser).not.toHaveBeenCalled();
  expect(ms).toBeLessThan(200);
});

// Worst case: SignedInfo is a real one, taken from an old message, so all of the flood is canonicalized.
test.each([
  [
    "4,900 elements of one declaration each",
    inSubject(many(4_900, (at) => `<x xmlns:n${at}="urn:n"/>`)),
    "GH-SAML-SIGNATURE",
  ],
  [
    "400 elements of 60 attributes",
    inSubject(many(400, () => `<x${many(60, (at) => ` a${at}=""`)}/>`)),
    "GH-SAML-SIGNATURE",
  ],
  [
    "50 long namespaces, each written again at 400 elements",
    inSubject(many(400, () => `<x${many(50, (n) => ` n${n}:a=""`)}/>`)).replace(
      "<saml2p:Response ",
      `<saml2p:Response${many(50, (n) => ` xmlns:n${n}="urn:${`${n}`.padEnd(500, "n")}"`)} `,
    ),
    "GH-SAML-SIGNATURE",
  ],
])("as much as the limits allow is decided in good time: %s", (_name, xml, code) => {
  const { code: refused, ms } = timed(xml);
  expect(refused).toBe(code);
  expect(parser).toHaveBeenCalled();
  expect(ms).toBeLessThan(5_000);
});

test("DF-10: a message of 800 attributes, large and legal, is accepted", () => {
  const attributes = many(800, (at) => attribute(`Role${at}`, `Group ${at}`));
  expect(timed(signAssertion(writeResponse({ attributes }), key)).code).toBe("accepted");
});

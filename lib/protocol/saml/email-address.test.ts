import { expect, test } from "vitest";
import { normalizeEmail } from "./email-address";

test.each([
  ["ada@acme.example", "ada@acme.example", "acme.example"],
  ["  Ada.Lovelace@ACME.Example \n", "ada.lovelace@acme.example", "acme.example"],
  ["o'brien+x@acme.example", "o'brien+x@acme.example", "acme.example"],
  ["ada@bücher.example", "ada@xn--bcher-kva.example", "xn--bcher-kva.example"],
  ["ada@BÜCHER.example", "ada@xn--bcher-kva.example", "xn--bcher-kva.example"],
  ["ada@xn--bcher-kva.example", "ada@xn--bcher-kva.example", "xn--bcher-kva.example"],
  ["ada@straße.example", "ada@xn--strae-oqa.example", "xn--strae-oqa.example"],
])("DF-9: %j is trimmed, lower-cased and carries its domain as A-labels", (text, email, domain) => {
  expect(normalizeEmail(text)).toEqual({ ok: true, email, domain });
});

test.each([
  ["", "empty"],
  [" \t", "empty"],
  ["ada", "not-one-at-sign"],
  ["ada@acme.example@evil.example", "not-one-at-sign"],
  ["@acme.example", "local-part"],
  ["ada lovelace@acme.example", "local-part"],
  ['"ada"@acme.example', "local-part"],
  ["ada,eve@acme.example", "local-part"],
  ["<ada@acme.example", "local-part"],
  ["adä@acme.example", "local-part"],
  [`${"a".repeat(65)}@acme.example`, "local-part"],
  ["ada@", "domain"],
  ["ada@acme", "domain"],
  ["ada@acme..example", "domain"],
  ["ada@acme.example.", "domain"],
  ["ada@-acme.example", "domain"],
  ["ada@acme_x.example", "domain"],
  ["ada@127.0.0.1", "domain"],
  ["ada@acme.0x7f", "domain"],
  ["ada@acme.example:25", "domain"],
  ["ada@acme.example/x", "domain"],
  ["ada@acme.example>", "domain"],
  ["ada@a%63me.example", "domain"],
  ["ada@xn--zzzzzzzz9.example", "domain"],
  [`ada@${"a".repeat(64)}.example`, "domain"],
  [`ada@${"abcdefghi.".repeat(26)}example`, "too-long"],
])("%j is no e-mail address: %s", (text, fault) => {
  expect(normalizeEmail(text)).toEqual({ ok: false, fault });
});

test.each(["\u212aelvin.example", "acme。example", "ａcme.example", "ac\u00adme.example", "ﬁ.example", "İ.example"])(
  "the look-alike domain %j never becomes an ASCII one",
  (domain) => expect(normalizeEmail(`ada@${domain}`)).toEqual({ ok: false, fault: "domain" }),
);

test("a dotless i stays another letter than i", () => {
  expect(normalizeEmail("ada@ınfo.example")).toEqual({
    ok: true,
    email: "ada@xn--nfo-iua.example",
    domain: "xn--nfo-iua.example",
  });
});

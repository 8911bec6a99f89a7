import { expect, test } from "vitest";
import { checkIdentifier, fold, foldAddress, foldDomain, foldKey, foldName, isAddress } from "./fold";

const everyCharacter = () =>
  Array.from({ length: 0x30000 }, (_, code) => code)
    .filter((code) => code < 0xd800 || code > 0xdfff)
    .map((code) => String.fromCodePoint(code));

test("FX-15: letter case and composition make no second user", () => {
  expect(foldKey("  Ada@Corp.Example ")).toBe("ada@corp.example");
  expect(foldKey("Andre\u0301")).toBe(foldKey("ANDRÉ"));
  expect(foldKey("ΟΔΟΣ")).toBe(foldKey("οδοσ"));
});

test("no non-ASCII character ever folds to ASCII", () => {
  const wrong = everyCharacter().filter((one) => /\P{ASCII}/u.test(one) && /\p{ASCII}/u.test(fold(one)));
  expect(wrong).toEqual([]);
  expect(foldKey("\u212aen")).not.toBe("ken");
  expect(foldKey("İ")).toBe("İ");
  expect(foldName("\u212aEY")).toBe("\u212aey");
});

test("folding twice changes nothing more, for any character", () => {
  expect(everyCharacter().filter((one) => fold(fold(one)) !== fold(one))).toEqual([]);
});

test.each([
  ["Corp.Example", "corp.example"],
  ["BÜCHER.example", "xn--bcher-kva.example"],
  ["bu\u0308cher.example", "xn--bcher-kva.example"],
  ["\uff43orp.example", "\uff43orp.example"],
  ["corp.example/x", "corp.example/x"],
  ["bü cher.example", "bü cher.example"],
])("the domain %s has the key %s", (domain, key) => {
  expect(foldDomain(domain)).toBe(key);
});

test("an address has the key of its local part and its A-label domain", () => {
  expect(foldAddress("Ann@BÜCHER.example")).toBe("ann@xn--bcher-kva.example");
  expect(foldAddress("Ann")).toBe("ann");
});

test.each([
  ["ann@corp.example", true],
  [`o'brien+x"y\\z@corp.example`, true],
  ["ann", false],
  ["@corp.example", false],
  ["ann@", false],
  ["ann@a@b.example", false],
  ["ann lee@corp.example", false],
  ["<ann@corp.example>", false],
  [`${"a".repeat(65)}@corp.example`, false],
  [`ann@${"a".repeat(251)}`, false],
  ["ann@corp example", false],
])("%s is an address: %s", (text, expected) => {
  expect(isAddress(text)).toBe(expected);
});

test.each([
  "ann@corp.example",
  "ann",
  "анна@corp.example",
  "李雷@corp.example",
  "たろうtaro山@corp.example",
  "ann.müller",
  "o'brien+x",
])("%s may name a person", (text) => {
  expect(checkIdentifier(` ${text} `, "userName")).toEqual({ ok: true, value: text });
});

test.each([
  ["Kelvin sign", "mi\u212ae@corp.example", "U+212A"],
  ["NUL", "a\u0000b", "U+0000"],
  ["line break", "a\nb@corp.example", "U+000A"],
  ["zero-width space", "ann\u200b@corp.example", "U+200B"],
  ["soft hyphen", "an\u00adn@corp.example", "U+00AD"],
  ["variation selector", "ann\ufe0f@corp.example", "U+FE0F"],
  ["Hangul filler", "ann\u3164@corp.example", "U+3164"],
  ["bidi override", "ann\u202egnp@corp.example", "U+202E"],
  ["zero-width in the domain", "ann@co\u200drp.example", "U+200D"],
])("a %s in a name is refused, naming the character", (_, text, code) => {
  const checked = checkIdentifier(text, "userName");
  expect(checked).toMatchObject({ ok: false, fault: { status: 400, scimType: "invalidValue" } });
  expect(checked.ok || checked.fault.detail).toContain(code);
});

test.each(["\u0430nn@corp.example", "ann\u03bf@corp.example", "пётрαβ"])("%s mixes scripts and is refused", (text) => {
  expect(checkIdentifier(text, "emails.value")).toMatchObject({ ok: false, fault: { scimType: "invalidValue" } });
});

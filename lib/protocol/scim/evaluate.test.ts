import { expect, test } from "vitest";
import { compareCodePoints, evaluate } from "./evaluate";
import { parseFilter } from "./parse-filter";

test("texts are ordered by code point, as collation C orders UTF-8", () => {
  const texts = ["", "a", "ab", "b", "\uff5e", "😀", "😀a", "é"];
  const byBytes = [...texts].sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
  expect([...texts].sort(compareCodePoints)).toEqual(byBytes);
  expect(compareCodePoints("a", "a")).toBe(0);
});

test("a look-alike never equals what it looks like", () => {
  const kelvin = parseFilter("User", 'userName eq "mi\u212ae"');
  expect(kelvin.ok && evaluate(kelvin.value, { userName: "mike" })).toBe(false);
  const composed = parseFilter("User", 'displayName eq "Andre\u0301"');
  expect(composed.ok && evaluate(composed.value, { displayName: "ANDRÉ" })).toBe(true);
});

test("objects, lists and empty texts where a text belongs match nothing", () => {
  const filter = parseFilter("User", 'title co ""');
  if (!filter.ok) throw new Error(filter.fault.detail);
  expect(evaluate(filter.value, { title: { a: "b" } })).toBe(false);
  expect(evaluate(filter.value, { title: "" })).toBe(false);
  expect(evaluate(filter.value, { title: "x" })).toBe(true);
});

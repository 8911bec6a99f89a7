import { expect, test } from "vitest";
import { storable } from "./storable";

test("D-03: NUL and half characters are replaced in values and keys at any depth, whole ones stay", () => {
  const at = new Date(0);
  expect(storable({ "a\0": ["\ud83d", "\ude00x", "\u{1f600}", 1, null, { b: "\0" }], at })).toEqual({
    "a\ufffd": ["\ufffd", "\ufffdx", "\u{1f600}", 1, null, { b: "\ufffd" }],
    at,
  });
});

test("D-08: a key named __proto__ stays a key", () => {
  const kept = storable(JSON.parse('{"__proto__": {"isAdmin": true}}'));
  expect(Object.keys(kept)).toEqual(["__proto__"]);
  expect(({} as { isAdmin?: boolean }).isAdmin).toBeUndefined();
});

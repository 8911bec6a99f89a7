import { expect, test } from "vitest";
import { attempt, errorBody, fault, listResponse, refuse, shown } from "./messages";

test("an Error body holds the status as text, scimType only where given, and the reference", () => {
  const { fault: taken } = fault(409, "uniqueness", "userName ann@corp.example already exists.");
  expect(errorBody(taken, "AB12-CD34-EF56")).toEqual({
    schemas: ["urn:ietf:params:scim:api:messages:2.0:Error"],
    status: "409",
    scimType: "uniqueness",
    detail: "userName ann@corp.example already exists. (ref AB12-CD34-EF56)",
  });
  expect(errorBody(fault(404, undefined, "Gone.").fault, "R")).not.toHaveProperty("scimType");
});

test("a detail is never longer than 300 characters and keeps its reference", () => {
  const { detail } = errorBody({ status: 400, detail: "😀".repeat(500) }, "AB12");
  expect([...detail]).toHaveLength(300);
  expect(detail).toMatch(/^😀+… \(ref AB12\)$/u);
});

test("DF-31: a list answers integer counts", () => {
  expect(listResponse([{ id: "a" }], { totalResults: 7, startIndex: 3 })).toEqual({
    schemas: ["urn:ietf:params:scim:api:messages:2.0:ListResponse"],
    totalResults: 7,
    startIndex: 3,
    itemsPerPage: 1,
    Resources: [{ id: "a" }],
  });
});

test("a bug is not taken for a refusal", () => {
  expect(() =>
    attempt(() => {
      throw new TypeError("bug");
    }),
  ).toThrow("bug");
  expect(attempt(() => refuse("noTarget", "x"))).toEqual(fault(400, "noTarget", "x"));
});

test("what a client sent is shown short and on one line", () => {
  expect(shown("a\n\u202eb")).toBe("a b");
  expect([...shown("x".repeat(1_000))]).toHaveLength(60);
  expect(shown({ a: 1 })).toBe('{"a":1}');
});

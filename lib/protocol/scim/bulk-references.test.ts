import { expect, test } from "vitest";
import { orderOperations, referencesOf, withReferences } from "./bulk-references";
import { type BulkOperation, readBulkRequest } from "./bulk-request";
import type { JsonObject } from "./json";
import { enterpriseUrn } from "./messages";

const operation = (data: object, id = ""): BulkOperation => ({
  ...{ method: "PATCH", resource: "Group", id, query: "", version: null },
  data: data as JsonObject,
});

const replaced = (data: object, id?: string) => withReferences(operation(data, id), (bulkId) => `<${bulkId}>`);

test.each<[string, object, object]>([
  ["a member", { members: [{ value: "bulkId:a" }, { value: "b" }] }, { members: [{ value: "<a>" }, { value: "b" }] }],
  ["a member as a plain id", { members: ["bulkId:a", "b"] }, { members: ["<a>", "b"] }],
  ["names in any letter case", { Members: { VALUE: "bulkId:a" } }, { Members: { VALUE: "<a>" } }],
  [
    "a manager behind the URN",
    { [enterpriseUrn]: { manager: { value: "bulkId:m" } } },
    { [enterpriseUrn]: { manager: { value: "<m>" } } },
  ],
  ["a manager as a plain id", { [`${enterpriseUrn}:manager`]: "bulkId:m" }, { [`${enterpriseUrn}:manager`]: "<m>" }],
  ["a manager by path", { "manager.value": "bulkId:m" }, { "manager.value": "<m>" }],
  [
    "the value of a PATCH whose path leads to an id",
    {
      Operations: [
        { op: "add", path: `${enterpriseUrn}:manager`, value: "bulkId:m" },
        { op: "replace", path: 'members[value eq "bulkId:a"].value', value: "bulkId:b" },
        { op: "add", path: 'members[type eq "User"]', value: "bulkId:c" },
      ],
    },
    {
      Operations: [
        { op: "add", path: `${enterpriseUrn}:manager`, value: "<m>" },
        { op: "replace", path: 'members[value eq "<a>"].value', value: "<b>" },
        { op: "add", path: 'members[type eq "User"]', value: "<c>" },
      ],
    },
  ],
  [
    "members in the value of a PATCH",
    { Operations: [{ op: "add", value: { members: [{ value: "bulkId:a" }] } }] },
    { Operations: [{ op: "add", value: { members: [{ value: "<a>" }] } }] },
  ],
  [
    "the filter of a PATCH's path",
    { Operations: [{ op: "remove", path: 'members[value eq "bulkId:a" or value eq "b"]' }] },
    { Operations: [{ op: "remove", path: 'members[value eq "<a>" or value eq "b"]' }] },
  ],
  ["a bulkId with a colon and blanks", { members: ["bulkId:a:b c"] }, { members: ["<a:b c>"] }],
])("FD-14: a reference is replaced as %s", (_, data, expected) => {
  expect(replaced(data).data).toEqual(expected);
});

test.each([
  [{ displayName: "bulkId:a", externalId: "bulkId:a", userName: "bulkId:a" }],
  [{ members: ["xbulkId:a", "bulkid:a", "bulkId:"], title: "value" }],
  [{ emails: [{ type: "bulkId:a" }], nickvalue: "bulkId:a" }],
  [{ Operations: [{ op: "replace", path: "title", value: "bulkId:a" }] }],
  [{ emails: [{ value: "bulkId:a" }], roles: ["bulkId:a", { value: "bulkId:a" }], value: "bulkId:a" }],
  [{ Operations: [{ op: "add", path: 'emails[type eq "work"].value', value: "bulkId:a" }] }],
  [{ Operations: [{ op: "remove", path: 'roles[value eq "bulkId:a"]' }] }],
  [{ Operations: [{ op: "add", path: "roles", value: [{ value: "bulkId:a" }] }] }],
  [{ Operations: [{ op: "replace", value: { "emails.value": "bulkId:a", roles: [{ value: "bulkId:a" }] } }] }],
])("a text that only looks like a reference stays as it was sent: %j", (data) => {
  expect(replaced(data).data).toEqual(data);
  expect(referencesOf(operation(data))).toEqual([]);
});

test("FD-14: a reference in the path names what the request makes", () => {
  expect(replaced({}, "bulkId:g").id).toBe("<g>");
  expect(replaced({}, "018f").id).toBe("018f");
  expect(referencesOf(operation({ members: ["bulkId:a", "bulkId:a"] }, "bulkId:g"))).toEqual(["g", "a"]);
});

test("what was sent is left as it is, and copies have no prototype", () => {
  const sent = operation({ members: [{ value: "bulkId:a" }] });
  const copy = withReferences(sent, () => "id");
  expect(sent.data).toEqual({ members: [{ value: "bulkId:a" }] });
  expect(Object.getPrototypeOf(copy.data)).toBeNull();
});

/** "a<b" makes a and refers to b; "<b" makes nothing. Circular ones are answered as negative numbers. */
function ordered(...words: string[]) {
  const Operations = words.map((word): JsonObject => {
    const [bulkId = "", ...references] = word.split("<");
    const data = { members: references.map((one) => `bulkId:${one}`) };
    return bulkId ? { method: "POST", path: "/Groups", bulkId, data } : { method: "PATCH", path: "/Groups/1", data };
  });
  const request = readBulkRequest({ Operations });
  if (!request.ok) throw new Error(request.fault.detail);
  return orderOperations(request.value.entries).map(({ index, isCircular }) => (isCircular ? -index : index));
}

test.each<[string, string[], number[]]>([
  ["nothing refers: as sent", ["a", "b", "<", "c"], [0, 1, 2, 3]],
  ["backward: as sent", ["a", "b<a", "<b"], [0, 1, 2]],
  ["forward: behind what is waited for, and at once", ["<c", "b", "c", "d"], [1, 2, 0, 3]],
  ["a chain sent the wrong way round", ["a<b", "b<c", "c<d", "d"], [3, 2, 1, 0]],
  ["two references, one forward", ["a", "<a<c", "c"], [0, 2, 1]],
  ["a circle and what waits for it come last", ["x", "a<b", "b<a", "c<b", "d"], [0, 4, -1, -2, -3]],
  ["a reference to itself", ["b", "a<a"], [0, -1]],
  ["what nobody makes is waited for by nobody", ["<nobody", "a"], [0, 1]],
  ["a doubled bulkId means the first", ["<a", "a<b", "b", "a"], [2, 1, 0, 3]],
])("FD-14: %s", (_, words, expected) => {
  expect(ordered(...words)).toEqual(expected);
});

test("1,000 operations that wait for each other backwards are ordered in under half a second", () => {
  const words = Array.from({ length: 1_000 }, (_, index) => (index < 999 ? `${index}<${index + 1}` : "999"));
  const begun = performance.now();
  expect(ordered(...words)[0]).toBe(999);
  expect(performance.now() - begun).toBeLessThan(500);
});

test("a path of a megabyte of brackets stalls nobody", () => {
  for (const path of ["[".repeat(1_000_000), "[]".repeat(500_000), '["bulkId:'.repeat(100_000)]) {
    const begun = performance.now();
    referencesOf(operation({ Operations: [{ op: "add", path, value: "bulkId:a" }] }));
    expect(performance.now() - begun).toBeLessThan(500);
  }
});

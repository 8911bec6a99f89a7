import { expect, test } from "vitest";
import { readBulkRequest } from "./bulk-request";
import { type JsonObject, parseBody } from "./json";

const read = (body: unknown) => readBulkRequest(body as JsonObject);
const post = (more: object = {}) => ({
  method: "POST",
  path: "/Users",
  bulkId: "a",
  data: { userName: "ann" },
  ...more,
});

/** The one operation of a request that holds nothing else. */
function readOne(operation: unknown) {
  const request = read({ Operations: [operation] });
  return request.ok ? request.value.entries[0]?.read : request;
}

test.each<[string, object, object]>([
  ["a create", post(), { method: "POST", resource: "User", id: "", query: "", data: { userName: "ann" } }],
  [
    "names and method in any letter case",
    { METHOD: "post", Path: "/GROUPS/", BULKID: "a", Data: {} },
    { method: "POST", resource: "Group", id: "" },
  ],
  [
    "a replacement with its version",
    { method: "PUT", path: "/Users/1", version: 'W/"3"', data: {} },
    { method: "PUT", id: "1", version: 'W/"3"' },
  ],
  [
    "a change of what the request makes",
    { method: "PATCH", path: "/Groups/bulkId:g", data: {} },
    { resource: "Group", id: "bulkId:g" },
  ],
  ["an id that is encoded once", { method: "DELETE", path: "/Users/bulkId%3Ax" }, { id: "bulkId:x", version: null }],
  ["a removal without data", { method: "DELETE", path: "/Users/1", data: null }, { method: "DELETE", data: {} }],
  [
    "which attributes to answer",
    { method: "PUT", path: "/Users/1?attributes=id&x=?", data: {} },
    { id: "1", query: "attributes=id&x=?" },
  ],
  ["a method that has no place there", { method: "DELETE", path: "/Users" }, { method: "DELETE", id: "" }],
])("FD-14: %s is read as an operation", (_, operation, expected) => {
  expect(readOne(operation)).toMatchObject({ ok: true, value: expected });
});

test.each<[string, unknown, number, string | undefined, string]>([
  ["no object", 7, 400, "invalidSyntax", "An operation must be an object; '7' was sent."],
  ["no method", { path: "/Users", data: {} }, 400, "invalidSyntax", "method must be POST, PUT, PATCH or DELETE"],
  ["a reading method", { method: "GET", path: "/Users" }, 400, "invalidSyntax", "'GET' was sent"],
  ["a method of another type", { method: ["POST"], path: "/Users" }, 400, "invalidSyntax", "method must be"],
  ["a POST without bulkId", post({ bulkId: undefined }), 400, "invalidSyntax", "needs a bulkId"],
  ["a POST with an empty bulkId", post({ bulkId: "" }), 400, "invalidSyntax", "needs a bulkId"],
  ["a POST with a number as bulkId", post({ bulkId: 1 }), 400, "invalidSyntax", "needs a bulkId"],
  ["no path", { method: "DELETE" }, 400, "invalidSyntax", "path must be relative"],
  [
    "an address",
    post({ path: "https://gatehouse.example/api/scim/v2/Users" }),
    400,
    "invalidSyntax",
    "path must be relative",
  ],
  ["another host", post({ path: "//evil.example/Users" }), 400, "invalidSyntax", "path must be relative"],
  ["no leading slash", post({ path: "Users" }), 400, "invalidSyntax", "path must be relative"],
  ["another endpoint", post({ path: "/Schemas" }), 404, undefined, "/Users and /Groups only; /Schemas is neither."],
  ["itself", post({ path: "/Bulk" }), 404, undefined, "/Users and /Groups only"],
  ["a search", post({ path: "/.search" }), 404, undefined, "/Users and /Groups only"],
  ["the names of objects", post({ path: "/constructor" }), 404, undefined, "/Users and /Groups only"],
  ["a longer path", post({ path: "/Users/1/groups" }), 404, undefined, "/Users and /Groups only"],
  ["a broken encoding", { method: "DELETE", path: "/Users/%ff" }, 404, undefined, "/Users and /Groups only"],
  ["no data", post({ data: undefined }), 400, "invalidSyntax", "A POST needs data, an object."],
  ["data of another type", { method: "PATCH", path: "/Users/1", data: [] }, 400, "invalidSyntax", "A PATCH needs data"],
  [
    "a version of another type",
    { method: "DELETE", path: "/Users/1", version: 3 },
    400,
    "invalidSyntax",
    "version must be a text",
  ],
])("FD-15: an operation with %s is a fault of its own", (_, operation, status, scimType, sentence) => {
  const refused = readOne(operation);
  expect(refused).toMatchObject({ ok: false, fault: { status, detail: expect.stringContaining(sentence) } });
  expect(refused && "fault" in refused && refused.fault.scimType).toBe(scimType);
});

test("FD-14: a bulkId that an earlier POST has is refused, and the earlier one stays", () => {
  const request = read({
    Operations: [post(), post(), post({ bulkId: "b" }), { method: "DELETE", path: "/Users/1", bulkId: "a" }],
  });
  expect(request.ok && request.value.entries.map(({ read: { ok } }) => ok)).toEqual([true, false, true, true]);
  expect(request.ok && request.value.entries.map(({ bulkId }) => bulkId)).toEqual(["a", "a", "b", "a"]);
});

test.each([
  [undefined, Number.POSITIVE_INFINITY],
  [null, Number.POSITIVE_INFINITY],
  [1, 1],
  ["3", 3],
])("failOnErrors %j stops after %d errors", (failOnErrors, expected) => {
  expect(read({ failOnErrors, Operations: [] })).toMatchObject({
    ok: true,
    value: { failOnErrors: expected, entries: [] },
  });
});

test.each<[object, number, string]>([
  [{}, 400, "invalidSyntax"],
  [{ Operations: { method: "POST" } }, 400, "invalidSyntax"],
  [{ Operations: [], failOnErrors: 0 }, 400, "invalidValue"],
  [{ Operations: [], failOnErrors: 1.5 }, 400, "invalidValue"],
  [{ Operations: [], failOnErrors: true }, 400, "invalidValue"],
  [{ Operations: Array(1_001).fill(post()) }, 413, "tooMany"],
])("FD-15: a bulk request of the wrong form is refused as a whole: %#", (body, status, scimType) => {
  expect(read(body)).toMatchObject({ ok: false, fault: { status, scimType } });
});

test("1,000 operations are read, with schemas or without", () => {
  const Operations = Array.from({ length: 1_000 }, (_, index) => post({ bulkId: String(index) }));
  const request = read({ schemas: ["urn:ietf:params:scim:api:messages:2.0:BulkRequest"], operations: Operations });
  expect(request.ok && request.value.entries.every((entry) => entry.read.ok)).toBe(true);
});

test("no name of an operation reaches a prototype", () => {
  const text = '{"Operations":[{"method":"POST","path":"/Users","bulkId":"__proto__","data":{"__proto__":{"a":1}}}]}';
  const body = parseBody(new TextEncoder().encode(text));
  const request = body.ok ? read(body.value) : body;
  expect(request).toMatchObject({ ok: true, value: { entries: [{ bulkId: "__proto__", read: { ok: true } }] } });
  expect(JSON.stringify(request)).not.toContain('"a":1');
});

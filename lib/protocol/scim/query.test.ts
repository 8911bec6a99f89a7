import { expect, test } from "vitest";
import { project } from "./project";
import { readListQuery, readResourceQuery, readRootQuery } from "./query";

const read = (query: string) => readListQuery("User", new URLSearchParams(query));

test.each<[string, object]>([
  ["", { startIndex: 1, count: 100 }],
  ["startIndex=1&count=2", { startIndex: 1, count: 2 }],
  ["STARTINDEX=3&Count=100", { startIndex: 3, count: 100 }],
  ["startIndex=0&count=0", { startIndex: 1, count: 0 }],
  ["startIndex=-5&count=-1", { startIndex: 1, count: 0 }],
  ["startIndex=&count=", { startIndex: 1, count: 100 }],
  ["count=201", { count: 200 }],
  ["startIndex=99999999999999999999", { startIndex: 2_147_483_647 }],
  ["aadOptscim062020&foo=1&foo=2", { startIndex: 1, count: 100 }],
  ["filter=", { startIndex: 1 }],
  ["sortBy=USERNAME", { sortBy: "userName", descending: false }],
  ["sortBy=meta.lastmodified&sortOrder=Descending", { sortBy: "meta.lastModified", descending: true }],
  ["sortBy=&sortOrder=descending", { descending: false }],
])("DF-31: the list query '%s' is read", (query, expected) => {
  expect(read(query)).toMatchObject({ ok: true, value: expected });
});

test.each([
  ["count=abc", "invalidValue", "count must be a whole number; 'abc' was sent."],
  ["startIndex=1.5", "invalidValue", "startIndex must be a whole number"],
  ["startIndex=0x10", "invalidValue", "startIndex must be a whole number"],
  ["count=1&COUNT=2", "invalidValue", "twice"],
  ["filter[contains]=a", "invalidValue", "not supported"],
  ["userName[$ne]=a", "invalidValue", "not supported"],
  ["sortBy=title", "invalidValue", "sortBy must be one of"],
  ["sortBy=meta", "invalidValue", "sortBy must be one of"],
  ["sortBy=id&sortOrder=up", "invalidValue", "ascending or descending"],
  ["filter=userName+eq", "invalidFilter", "character 12"],
  [`attributes=${"a,".repeat(201)}`, "invalidValue", "At most 200"],
])("the list query '%s' is refused as %s", (query, scimType, sentence) => {
  expect(read(query)).toMatchObject({
    ok: false,
    fault: { status: 400, scimType, detail: expect.stringContaining(sentence) },
  });
});

test("Okta's find is read whole", () => {
  const query = "filter=userName%20eq%20%22ann%40corp.example%22&startIndex=1&count=100";
  expect(read(query)).toMatchObject({
    ok: true,
    value: { filter: { kind: "compare", operator: "eq", value: "ann@corp.example" }, startIndex: 1, count: 100 },
  });
});

test("groups cannot be sorted by a name of users", () => {
  expect(readListQuery("Group", [["sortBy", "userName"]]).ok).toBe(false);
  expect(readListQuery("Group", [["sortBy", "displayName"]]).ok).toBe(true);
});

test("a single resource is answered with the attributes asked for", () => {
  const query = readResourceQuery("Group", new URLSearchParams("excludedattributes=members"));
  expect(query.ok && { ...project({ id: "g", members: [] }, query.value) }).toEqual({ id: "g" });
  expect(readResourceQuery("Group", new URLSearchParams("attributes=a&Attributes=b")).ok).toBe(false);
});

test.each<[string, object, object]>([
  ["", { startIndex: 1, descending: false }, { startIndex: 1, descending: false }],
  ["startIndex=3&count=500", { startIndex: 3, count: 200 }, { startIndex: 3, count: 200 }],
  ["sortBy=userName&sortOrder=descending", { sortBy: "userName", descending: true }, { descending: false }],
  [
    "sortBy=displayName&sortOrder=descending",
    { sortBy: "displayName", descending: true },
    { sortBy: "displayName", descending: true },
  ],
  [
    "filter=userName+pr",
    { filter: { kind: "present", attribute: { known: true } } },
    { filter: { kind: "present", attribute: { known: false } } },
  ],
])("FD-14: the query '%s' of a search over both types is read for each", (query, users, groups) => {
  expect(readRootQuery(new URLSearchParams(query))).toMatchObject({ ok: true, value: { User: users, Group: groups } });
});

test.each([
  ["sortBy=title", "sortBy must be one of"],
  ["sortBy=userName&sortOrder=up", "ascending or descending"],
  ["count=many", "count must be a whole number"],
  ["filter=userName", "character"],
])("a search over both types refuses the query '%s'", (query, sentence) => {
  expect(readRootQuery(new URLSearchParams(query))).toMatchObject({
    ok: false,
    fault: { status: 400, detail: expect.stringContaining(sentence) },
  });
});

import { expect, test } from "vitest";
import type { JsonObject } from "./json";
import { readListQuery } from "./query";
import { readSearchRequest } from "./search-request";

const searchUrn = "urn:ietf:params:scim:api:messages:2.0:SearchRequest";

test.each<[string, JsonObject, string]>([
  ["nothing", {}, ""],
  ["its schema alone", { schemas: [searchUrn] }, ""],
  ["no schema", { count: 2 }, "count=2"],
  [
    "the example of RFC 7644 3.4.3",
    {
      schemas: [searchUrn],
      attributes: ["displayName", "userName"],
      filter: 'displayName sw "smith"',
      startIndex: 1,
      count: 10,
    },
    'attributes=displayName,userName&filter=displayName sw "smith"&startIndex=1&count=10',
  ],
  [
    "names in any letter case",
    { COUNT: 3, sortby: "userName", SortOrder: "descending" },
    "count=3&sortBy=userName&sortOrder=descending",
  ],
  [
    "numbers as texts, lists as one text",
    { startIndex: "2", excludedAttributes: "emails,name" },
    "startIndex=2&excludedAttributes=emails,name",
  ],
  ["null as absent", { filter: null, startIndex: null, count: null, sortBy: null, attributes: null }, ""],
  ["limits", { startIndex: -1, count: 1000 }, "startIndex=-1&count=1000"],
  ["what it does not know", { foo: { bar: 1 }, count: 1 }, "count=1"],
])("FD-14: a search that holds %s is read as the GET of the same parameters", (_, body, query) => {
  const parameters = readSearchRequest(body);
  expect(parameters.ok).toBe(true);
  const read = readListQuery("User", parameters.ok ? parameters.value : []);
  expect(read.ok).toBe(true);
  expect(read).toEqual(readListQuery("User", new URLSearchParams(query)));
});

test.each<[JsonObject, string]>([
  [{ filter: { startsWith: "" } }, 'filter must be a text; \'{"startsWith":""}\' was sent.'],
  [{ filter: true }, "filter must be a text"],
  [{ sortBy: ["userName"] }, "sortBy must be a text"],
  [{ sortOrder: 1 }, "sortOrder must be a text"],
  [{ startIndex: [1] }, "startIndex must be a whole number"],
  [{ startIndex: 1.5 }, "startIndex must be a whole number; '1.5' was sent."],
  [{ count: true }, "count must be a whole number"],
  [{ count: "abc" }, "count must be a whole number; 'abc' was sent."],
  [{ attributes: { userName: true } }, "attributes must be a list of attribute names"],
  [{ attributes: ["userName", 7] }, "attributes must be a list of attribute names; '7' stands in it."],
  [{ excludedAttributes: 7 }, "excludedAttributes must be a list of attribute names"],
  [{ "filter[contains]": "x" }, "not supported"],
])("FD-15: a search of the wrong types is refused with what belongs there: %j", (body, sentence) => {
  const parameters = readSearchRequest(body);
  const read = parameters.ok ? readListQuery("User", parameters.value) : parameters;
  expect(read).toMatchObject({
    ok: false,
    fault: { status: 400, scimType: "invalidValue", detail: expect.stringContaining(sentence) },
  });
});

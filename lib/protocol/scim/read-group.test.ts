import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { type JsonObject, parseBody } from "./json";
import { readGroup } from "./read-group";
import { renderGroup } from "./render";

const fixture = (name: string): JsonObject => {
  const parsed = parseBody(readFileSync(new URL(`./fixtures/${name}.json`, import.meta.url)));
  if (!parsed.ok) throw new Error(parsed.fault.detail);
  return parsed.value;
};

const accepted = (body: JsonObject) => {
  const read = readGroup(body);
  if (!read.ok) throw new Error(read.fault.detail);
  return read.value;
};

test("FX-18: a pushed group has its name and each member once", () => {
  expect(accepted(fixture("okta-push-group"))).toMatchObject({
    displayName: "Engineering",
    displayNameKey: "engineering",
    externalId: undefined,
    members: ["u1", "u2"],
  });
});

test("an empty list and null empty a group, an absent list keeps its members", () => {
  expect(accepted(fixture("okta-push-empty-group")).members).toEqual([]);
  expect(accepted({ displayName: "A", members: null }).members).toEqual([]);
  expect(accepted(fixture("entra-create-group"))).toMatchObject({
    members: undefined,
    externalId: "8aa1a0c0-c4c3-4bc0-b4a5-2ef676900159",
  });
});

test.each([
  ["plain ids", ["u1", "u2"], ["u1", "u2"]],
  ["one object", { value: "u1" }, ["u1"]],
  ["letter case", [{ VALUE: "u1" }], ["u1"]],
  ["labels alone", [{ display: "Ann", type: "User", value: null }], []],
])("members may be sent as %s", (_, members, ids) => {
  expect(accepted({ displayName: "A", MEMBERS: members as JsonObject[] }).members).toEqual(ids);
});

test.each([
  ["without name", {}, 400, "displayName is required."],
  ["with a blank name", { displayName: " " }, 400, "displayName is required."],
  ["with an object as name", { displayName: {} }, 400, "displayName is required."],
  ["with a list as name", { displayName: ["a"] }, 400, "displayName must be a text"],
  ["with a name too long", { displayName: "x".repeat(257) }, 400, "longer than 256"],
  [
    "with a member that has no id",
    { displayName: "A", members: [{ $ref: "https://x/Users/u1" }] },
    400,
    "needs a value",
  ],
  ["with a member that is a list", { displayName: "A", members: [["u1"]] }, 400, "needs a value"],
  ["with 100,001 members", { displayName: "A", members: Array(100_001).fill("u1") }, 413, "100,000 members at most"],
])("a group %s is refused", (_, body, status, sentence) => {
  expect(readGroup(body as JsonObject)).toMatchObject({
    ok: false,
    fault: { status, detail: expect.stringContaining(sentence) },
  });
});

test("unknown attributes of a group come back as sent, and members only where they are given", () => {
  const { displayName, document } = accepted({ displayName: "Ops", colour: "red", "urn:x:1.0:group": { floor: 2 } });
  const known = {
    id: "g1",
    meta: { created: new Date(0), lastModified: new Date(0), version: 1 },
    baseUrl: "https://gatehouse.example/api/scim/v2",
  };
  const group = { displayName, externalId: null, document };
  expect(JSON.parse(JSON.stringify(renderGroup(group, known)))).toEqual({
    schemas: ["urn:ietf:params:scim:schemas:core:2.0:Group", "urn:x:1.0:group"],
    id: "g1",
    displayName: "Ops",
    colour: "red",
    "urn:x:1.0:group": { floor: 2 },
    meta: {
      resourceType: "Group",
      created: "1970-01-01T00:00:00.000Z",
      lastModified: "1970-01-01T00:00:00.000Z",
      location: `${known.baseUrl}/Groups/g1`,
      version: 'W/"1"',
    },
  });
  const members = [{ id: "u1", display: "Ann", type: "User" as const }];
  expect(renderGroup(group, { ...known, members }).members).toEqual([
    { value: "u1", $ref: `${known.baseUrl}/Users/u1`, display: "Ann", type: "User" },
  ]);
});

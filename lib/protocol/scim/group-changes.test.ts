import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { applyGroupAttributes, groupChanges } from "./group-changes";
import { type JsonObject, parseBody } from "./json";
import { foldMembers, type MemberRow } from "./member-steps";

const body = (text: string | Uint8Array): JsonObject => {
  const parsed = parseBody(typeof text === "string" ? new TextEncoder().encode(text) : text);
  if (!parsed.ok) throw new Error(parsed.fault.detail);
  return parsed.value;
};
const fixture = (name: string) => body(readFileSync(new URL(`./fixtures/${name}.json`, import.meta.url)));
const operations = (...list: unknown[]) => body(JSON.stringify({ Operations: list }));
const changed = (request: JsonObject, present?: JsonObject) => {
  const read = groupChanges(request, present);
  if (!read.ok) throw new Error(`${read.fault.scimType}: ${read.fault.detail}`);
  return read.value;
};
const keep = (add: string[], remove: string[] = []) => ({ mode: "keep", add, remove });

test.each([
  ["okta-oin-change-members", keep(["u2"], ["u1"])],
  ["okta-oin-replace-members", { mode: "empty", add: ["u1", "u2"], remove: [] }],
  ["okta-oin-push-empty-group", { mode: "empty", add: [], remove: [] }],
  ["okta-oin-rename-group", keep([])],
  ["entra-remove-member", keep([], ["u1"])],
  ["jumpcloud-remove-member", keep([], ["u1"])],
  ["onelogin-group-members", keep(["u1", "u3"], ["u2"])],
])("FX-18: %s changes exactly the members it names, without reading them", (name, members) => {
  const changes = changed(fixture(name));
  expect(foldMembers(changes.members)).toEqual(members);
  expect(changes).toMatchObject({ attributes: [], needsRows: false });
});

test.each(["okta-oin-rename-group", "jumpcloud-rename-group", "onelogin-group-members"])("%s renames", (name) => {
  expect(changed(fixture(name))).toMatchObject({ displayName: "Ops", displayNameKey: "ops" });
});

test("a request that names no group name or label leaves both alone", () => {
  const changes = changed(fixture("okta-oin-change-members"));
  expect(changes).not.toHaveProperty("displayName");
  expect(changes).not.toHaveProperty("externalId");
});

test.each<[string, object[], object]>([
  ["add by value", [{ op: "add", value: { members: [{ value: "u1" }] } }], keep(["u1"])],
  ["one object", [{ op: "add", path: "members", value: { value: "u1" } }], keep(["u1"])],
  ["plain ids", [{ op: "Add", path: "Members", value: ["u1"] }], keep(["u1"])],
  [
    "a core URN",
    [{ op: "add", path: "urn:ietf:params:scim:schemas:core:2.0:Group:members", value: "u1" }],
    keep(["u1"]),
  ],
  ["replace by value", [{ op: "replace", value: { members: [] } }], { mode: "empty", add: [], remove: [] }],
  ["remove all", [{ op: "remove", path: "members" }], { mode: "empty", add: [], remove: [] }],
  ["remove nobody", [{ op: "remove", path: "members", value: [] }], keep([])],
  ["remove by or", [{ op: "remove", path: 'members[value eq "u1" or value eq "u2"]' }], keep([], ["u1", "u2"])],
  [
    "the later operation wins: out, then in",
    [
      { op: "remove", path: 'members[value eq "u1"]' },
      { op: "add", path: "members", value: "u1" },
    ],
    keep(["u1"]),
  ],
  [
    "the later operation wins: in, then out",
    [
      { op: "add", path: "members", value: "u1" },
      { op: "remove", path: 'members[value eq "u1"]' },
    ],
    keep([], ["u1"]),
  ],
  [
    "replace after add",
    [
      { op: "add", path: "members", value: "u1" },
      { op: "replace", path: "members", value: ["u2"] },
    ],
    { mode: "empty", add: ["u2"], remove: [] },
  ],
  [
    "remove after replace",
    [
      { op: "replace", path: "members", value: ["u1", "u2"] },
      { op: "remove", path: 'members[value eq "u1"]' },
    ],
    { mode: "empty", add: ["u2"], remove: [] },
  ],
  ["twice is once", [{ op: "add", path: "members", value: ["u1", { value: "u1" }] }], keep(["u1"])],
  ["add by filter", [{ op: "add", path: 'members[value eq "u1"]', value: { display: "A" } }], keep(["u1"])],
  ["replace by filter", [{ op: "replace", path: 'members[value eq "u1"].value', value: "u2" }], keep(["u2"], ["u1"])],
  ["a display that is not stored", [{ op: "replace", path: 'members[value eq "u1"].display', value: "A" }], keep([])],
])("members: %s", (_, list, expected) => {
  const changes = changed(operations(...list));
  expect(changes.needsRows).toBe(false);
  expect(foldMembers(changes.members)).toEqual(expected);
});

test("a filter other than value eq asks for the rows and is applied in its turn", () => {
  const rows: MemberRow[] = [
    { value: "u1", display: "Ann", type: "User" },
    { value: "u2", display: "Bea", type: "User" },
    { value: "g2", display: "Ops", type: "Group" },
  ];
  const changes = changed(
    operations(
      { op: "remove", path: 'members[value eq "u2"]' },
      { op: "remove", path: 'members[type eq "user" or value eq "u9"]' },
      { op: "add", path: "members", value: "u2" },
    ),
  );
  expect(changes.needsRows).toBe(true);
  expect(foldMembers(changes.members, rows)).toEqual(keep(["u2"], ["u1"]));
});

test("further attributes are changed on the stored document", () => {
  const changes = changed(
    operations(
      { op: "add", value: { colour: "red", "urn:x:1.0:group": { floor: 2 } } },
      { op: "replace", path: "urn:x:1.0:group:room", value: "A" },
    ),
  );
  const document = { colour: "blue", size: 3 };
  const applied = applyGroupAttributes(document, changes);
  expect(JSON.parse(JSON.stringify(applied))).toEqual({
    ok: true,
    value: { colour: "red", size: 3, "urn:x:1.0:group": { floor: 2, room: "A" } },
  });
  expect(document).toEqual({ colour: "blue", size: 3 });
});

test("externalId is set, and removed by remove, null or empty text", () => {
  expect(changed(operations({ op: "Replace", path: "externalId", value: "e2" })).externalId).toBe("e2");
  for (const operation of [
    { op: "remove", path: "externalId" },
    { op: "replace", path: "externalId", value: null },
    { op: "replace", value: { externalId: "" } },
  ]) {
    expect(changed(operations(operation)).externalId).toBeNull();
  }
});

test.each<[object, number, string]>([
  [{}, 400, "invalidSyntax"],
  [{ members: [{ value: "u1", operation: "move" }] }, 400, "invalidSyntax"],
  [{ Operations: [{ op: "remove", path: "displayName" }] }, 400, "mutability"],
  [{ Operations: [{ op: "replace", path: "displayName", value: "" }] }, 400, "mutability"],
  [{ Operations: [{ op: "replace", value: { displayName: " " } }] }, 400, "mutability"],
  [{ Operations: [{ op: "replace", path: "displayName", value: ["a"] }] }, 400, "invalidValue"],
  [{ Operations: [{ op: "replace", path: "id", value: "g2" }] }, 400, "mutability"],
  [{ Operations: [{ op: "add", path: "members", value: [{ $ref: "https://x/Users/u1" }] }] }, 400, "invalidValue"],
  [{ Operations: [{ op: "remove", path: "members[value eq u1]" }] }, 400, "invalidFilter"],
  [{ Operations: [{ op: "add", path: 'members[type eq "User"]', value: { display: "A" } }] }, 400, "noTarget"],
  [{ Operations: [{ op: "add", path: "members.__proto__", value: "x" }] }, 400, "invalidPath"],
  [
    { Operations: [{ op: "add", path: "members", value: Array.from({ length: 100_001 }, (_, n) => `u${n}`) }] },
    413,
    "tooMany",
  ],
  [
    {
      Operations: Array(2).fill({
        op: "add",
        path: "members",
        value: Array.from({ length: 60_000 }, (_, n) => `u${n}`),
      }),
    },
    413,
    "tooMany",
  ],
  [{ Operations: Array(51).fill({ op: "remove", path: 'members[display co "x"]' }) }, 413, "tooMany"],
])("a group PATCH is refused where it must be (%#)", (request, status, scimType) => {
  expect(groupChanges(body(JSON.stringify(request)), { id: "g1" })).toMatchObject({
    ok: false,
    fault: { status, scimType },
  });
});

test("100,000 members in one request are read, in OneLogin's form too", () => {
  const ids = Array.from({ length: 100_000 }, (_, n) => `u${n}`);
  const all = changed({ Operations: [{ op: "replace", path: "members", value: ids }] });
  expect(foldMembers(all.members).add).toHaveLength(100_000);
  const oneLogin = changed({ members: ids.map((value) => ({ value, operation: "add" })) });
  expect(foldMembers(oneLogin.members).add).toHaveLength(100_000);
});

test("the group's own id may be sent by path", () => {
  const changes = changed(operations({ op: "replace", path: "id", value: "g1" }), { id: "g1" });
  expect(changes).toEqual({ attributes: [], members: [], needsRows: false });
});

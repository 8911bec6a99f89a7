import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { applyUserPatch } from "./apply-user-patch";
import { type JsonObject, parseBody } from "./json";
import { enterpriseUrn } from "./messages";
import { readUser } from "./read-user";

const body = (text: string | Uint8Array): JsonObject => {
  const parsed = parseBody(typeof text === "string" ? new TextEncoder().encode(text) : text);
  if (!parsed.ok) throw new Error(parsed.fault.detail);
  return parsed.value;
};
const fixture = (name: string) => body(readFileSync(new URL(`./fixtures/${name}.json`, import.meta.url)));
const operations = (...list: unknown[]) => body(JSON.stringify({ Operations: list }));

const custom = "urn:okta:app_x:1.0:user:custom";
const stored = () => {
  const read = readUser(
    body(
      JSON.stringify({
        userName: "ann@corp.example",
        externalId: "e1",
        name: { givenName: "Ann", familyName: "Lee" },
        title: "Clerk",
        emails: [
          { value: "ann@corp.example", type: "work", primary: true },
          { value: "ann@home.example", type: "home" },
        ],
        roles: [{ value: "Ops", primary: true }],
        [enterpriseUrn]: { department: "R", manager: { value: "u1", displayName: "Bea" } },
        [custom]: { badge: "B-1", desk: { floor: 3 } },
        colours: ["red"],
        size: { shoe: 44 },
      }),
    ),
    "create",
  );
  if (!read.ok) throw new Error(read.fault.detail);
  return read.value.document;
};

const plain = (value: unknown) => JSON.parse(JSON.stringify(value));
const patched = (request: JsonObject, present?: JsonObject) => {
  const result = applyUserPatch(stored(), request, present);
  if (!result.ok) throw new Error(`${result.fault.scimType}: ${result.fault.detail}`);
  return result.value;
};
/** The document after the request, as a difference to the one before: undefined means gone. */
const difference = (request: JsonObject) => {
  const before = plain(stored());
  const after = plain(patched(request).document);
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  return Object.fromEntries(
    names
      .filter((name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]))
      .map((name) => [name, after[name]]),
  );
};
const work = { value: "ann@corp.example", type: "work", primary: true };
const home = { value: "ann@home.example", type: "home" };
const enterprise = { department: "R", manager: { value: "u1", displayName: "Bea" } };

test.each([
  ["okta-oin-deactivate", { active: false }],
  ["okta-oin-password", {}],
  ["entra-deactivate", { active: false }],
  [
    "entra-update-user",
    {
      name: { givenName: "Ada", familyName: "Lee" },
      title: "Lead",
      emails: [{ ...work, value: "ada@corp.example" }, home],
      roles: [{ value: "Dev", primary: true }],
    },
  ],
  [
    "entra-manager",
    { [enterpriseUrn]: { department: "R", manager: { value: "u9", displayName: "Bea", $ref: "https://x/Users/u9" } } },
  ],
  ["entra-manager-id", { [enterpriseUrn]: { department: "R", manager: { value: "u9", displayName: "Bea" } } }],
  ["entra-clear-department", { externalId: "e2", [enterpriseUrn]: { manager: enterprise.manager } }],
  [
    "entra-flag-update-user",
    {
      displayName: "Ada L",
      name: { givenName: "Ada", familyName: "Lee" },
      emails: [{ ...work, value: "ada.l@corp.example" }, home],
      [enterpriseUrn]: { ...enterprise, employeeNumber: "77" },
    },
  ],
])("AV-13: %s changes what it names and nothing else", (name, expected) => {
  expect(difference(fixture(name))).toEqual(expected);
});

test.each<[string, unknown[], object]>([
  ["op and names in any letter case", [{ OP: "RePlAcE", PATH: "TITLE", VALUE: "X" }], { title: "X" }],
  ["no operations", [], {}],
  ["reactivation", [{ op: "replace", value: { active: "TRUE" } }], {}],
  [
    "an object merges into a complex value",
    [{ op: "replace", value: { name: { givenName: "Ada" }, [enterpriseUrn]: { division: "D" } } }],
    { name: { givenName: "Ada", familyName: "Lee" }, [enterpriseUrn]: { ...enterprise, division: "D" } },
  ],
  [
    "the same by path",
    [{ op: "replace", path: "name", value: { familyName: "Lo", formatted: null } }],
    { name: { givenName: "Ann", familyName: "Lo" } },
  ],
  [
    "an extension by path",
    [{ op: "add", path: enterpriseUrn, value: { Department: "S" } }],
    { [enterpriseUrn]: { ...enterprise, department: "S" } },
  ],
  ["an extension removed", [{ op: "remove", path: enterpriseUrn }], { [enterpriseUrn]: undefined }],
  [
    "an extension's last attributes removed",
    [
      { op: "remove", path: "department" },
      { op: "remove", path: "manager" },
    ],
    { [enterpriseUrn]: undefined },
  ],
  [
    "a core URN before the name",
    [{ op: "replace", path: "urn:ietf:params:scim:schemas:core:2.0:User:name.familyName", value: "Lo" }],
    { name: { givenName: "Ann", familyName: "Lo" } },
  ],
  [
    "the core URN as key",
    [{ op: "replace", value: { "urn:ietf:params:scim:schemas:core:2.0:User": { title: "X" } } }],
    { title: "X" },
  ],
  ["null unassigns", [{ op: "replace", path: "title", value: null }], { title: undefined }],
  ["empty text unassigns", [{ op: "replace", path: "name.givenName", value: "" }], { name: { familyName: "Lee" } }],
  ["remove an attribute", [{ op: "remove", path: "name.familyName" }], { name: { givenName: "Ann" } }],
  [
    "remove what is not there",
    [
      { op: "remove", path: "nickName" },
      { op: "remove", path: 'photos[type eq "x"]' },
    ],
    {},
  ],
  ["remove an element", [{ op: "remove", path: 'emails[type eq "home"]' }], { emails: [work] }],
  ["remove an element's value", [{ op: "remove", path: 'emails[type eq "home"].value' }], { emails: [work] }],
  [
    "remove named elements only",
    [{ op: "remove", path: "emails", value: [{ value: "ann@home.example", display: "x" }] }],
    { emails: [work] },
  ],
  ["remove a whole list", [{ op: "remove", path: "roles" }], { roles: undefined }],
  [
    "add merges into a list",
    [{ op: "add", path: "emails", value: [{ value: "a@x.example" }, home] }],
    { emails: [work, home, { value: "a@x.example" }] },
  ],
  [
    "one object instead of a list",
    [{ op: "add", path: "roles", value: { value: "Dev" } }],
    { roles: [{ value: "Ops", primary: true }, { value: "Dev" }] },
  ],
  [
    "a new primary takes it from the old one",
    [{ op: "add", path: "roles", value: [{ value: "Dev", primary: "True" }] }],
    {
      roles: [
        { value: "Ops", primary: false },
        { value: "Dev", primary: true },
      ],
    },
  ],
  [
    "primary by path",
    [{ op: "replace", path: 'emails[type eq "home"].primary', value: true }],
    {
      emails: [
        { ...work, primary: false },
        { ...home, primary: true },
      ],
    },
  ],
  ["replace of a list", [{ op: "replace", path: "emails", value: [work] }], { emails: [work] }],
  ["replace by an empty list", [{ op: "replace", path: "roles", value: [] }], { roles: undefined }],
  [
    "a missing element is made",
    [{ op: "replace", path: 'phoneNumbers[type eq "Mobile"].value', value: "07700" }],
    { phoneNumbers: [{ type: "Mobile", value: "07700" }] },
  ],
  [
    "a missing element of two conditions is made",
    [{ op: "add", path: 'addresses[type eq "work" and primary eq true].country', value: "DE" }],
    { addresses: [{ type: "work", primary: true, country: "DE" }] },
  ],
  [
    "an object into an element",
    [{ op: "replace", path: 'emails[type eq "home"]', value: { display: "Home" } }],
    { emails: [work, { ...home, display: "Home" }] },
  ],
  [
    "a sub-attribute of every element",
    [{ op: "replace", path: "emails.display", value: "A" }],
    {
      emails: [
        { ...work, display: "A" },
        { ...home, display: "A" },
      ],
    },
  ],
  [
    "a sub-attribute of no element makes one",
    [{ op: "add", path: "phoneNumbers.value", value: "1" }],
    { phoneNumbers: [{ value: "1" }] },
  ],
  [
    "operations see what came before",
    [
      { op: "add", path: 'emails[type eq "other"].value', value: "o@x.example" },
      { op: "remove", path: 'emails[value eq "o@x.example"]' },
    ],
    {},
  ],
  [
    "pathless read-only names",
    [{ op: "replace", value: { id: "x", meta: { version: "9" }, groups: [], schemas: ["a"] } }],
    {},
  ],
  ["an unknown attribute", [{ op: "add", value: { shoeColour: "blue" } }], { shoeColour: "blue" }],
  ["an unknown name that is no path", [{ op: "add", value: { "shoe colour": "blue" } }], { "shoe colour": "blue" }],
  ["an unknown list merges", [{ op: "add", path: "COLOURS", value: ["red", "blue"] }], { colours: ["red", "blue"] }],
  ["an unknown object merges", [{ op: "replace", path: "size.shirt", value: "M" }], { size: { shoe: 44, shirt: "M" } }],
  [
    "a sub-attribute in a list of texts leaves the texts",
    [{ op: "add", path: "colours.hue", value: "warm" }],
    { colours: ["red", { hue: "warm" }] },
  ],
  ["a removed sub-attribute in a list of texts, too", [{ op: "remove", path: "colours.hue" }], {}],
  ["an empty object merges nothing", [{ op: "add", value: { size: {}, name: {} } }], {}],
  [
    "an object for one attribute of a stored extension",
    [{ op: "add", value: { [`${custom}:desk`]: { room: "A" } } }],
    { [custom]: { badge: "B-1", desk: { floor: 3, room: "A" } } },
  ],
  [
    "a URN below a stored one",
    [{ op: "add", path: `${custom}:more:seat`, value: 4 }],
    { [`${custom}:more`]: { seat: 4 } },
  ],
  [
    "a value that was searched for and is changed, twice: one element",
    Array(2).fill({ op: "replace", path: 'emails[value eq "ann@home.example"].value', value: "ann@new.example" }),
    { emails: [work, { ...home, value: "ann@new.example" }] },
  ],
  ["a blank element", [{ op: "add", path: "roles", value: [{ value: " ", type: "x" }] }], {}],
  [
    "a stored extension by URN and name",
    [{ op: "replace", path: `${custom}:badge`, value: "B-2" }],
    { [custom]: { badge: "B-2", desk: { floor: 3 } } },
  ],
  [
    "a stored extension whole",
    [{ op: "replace", value: { [custom]: { badge: null } } }],
    { [custom]: { desk: { floor: 3 } } },
  ],
  ["a stored extension removed", [{ op: "remove", path: custom.toUpperCase() }], { [custom]: undefined }],
  ["a new extension as object", [{ op: "add", value: { "urn:x:1.0:user": { a: 1 } } }], { "urn:x:1.0:user": { a: 1 } }],
  [
    "a new extension, split at the last colon",
    [{ op: "add", path: "urn:x:1.0:user:a", value: 1 }],
    { "urn:x:1.0:user": { a: 1 } },
  ],
  [
    "a manager's name beside the id",
    [{ op: "replace", path: "manager.displayName", value: "Cy" }],
    { [enterpriseUrn]: { department: "R", manager: { value: "u1", displayName: "Cy" } } },
  ],
  ["a manager emptied", [{ op: "replace", path: "manager", value: "" }], { [enterpriseUrn]: { department: "R" } }],
  [
    "a displayName blanked",
    [
      { op: "replace", value: { displayName: "X" } },
      { op: "replace", path: "displayName", value: " " },
    ],
    {},
  ],
  [
    "numbers and booleans for texts",
    [{ op: "replace", value: { title: 7, nickName: true } }],
    { title: "7", nickName: "true" },
  ],
])("PATCH: %s", (_, list, expected) => {
  expect(difference(operations(...list))).toEqual(expected);
});

test("an extension declared in schemas is taken whole, however its URN is cut", () => {
  const request = body(
    `{"schemas":["urn:x:1.0:User"],"Operations":[{"op":"add","path":"urn:x:1.0:User","value":{"a":1}}]}`,
  );
  expect(difference(request)).toEqual({ "urn:x:1.0:User": { a: 1 } });
});

test.each<[string, unknown, number, string]>([
  ["Operations missing", {}, 400, "invalidSyntax"],
  ["Operations as object", { Operations: {} }, 400, "invalidSyntax"],
  ["OneLogin's member list on a user", { members: [{ value: "u1" }] }, 400, "invalidSyntax"],
  ["an operation that is no object", { Operations: ["x"] }, 400, "invalidSyntax"],
  ["an unknown op", { Operations: [{ op: "move", path: "title" }] }, 400, "invalidSyntax"],
  ["op missing", { Operations: [{ path: "title" }] }, 400, "invalidSyntax"],
  ["5,001 operations", { Operations: Array(5_001).fill({ op: "remove", path: "title" }) }, 413, "tooMany"],
  [
    "5,001 names in one value",
    { Operations: [{ op: "add", value: Object.fromEntries(Array.from({ length: 5_001 }, (_, n) => [`x${n}`, 1])) }] },
    413,
    "tooMany",
  ],
])("PATCH with %s is refused", (_, request, status, scimType) => {
  expect(applyUserPatch(stored(), body(JSON.stringify(request)))).toMatchObject({
    ok: false,
    fault: { status, scimType },
  });
});

test.each<[object, string]>([
  [{ op: "remove" }, "noTarget"],
  [{ op: "replace", value: "x" }, "invalidValue"],
  [{ op: "replace", value: ["x"] }, "invalidValue"],
  [{ op: "replace", path: "title" }, "invalidValue"],
  [{ op: "replace", path: "name", value: "Ann" }, "invalidValue"],
  [{ op: "replace", path: "title", value: { a: 1 } }, "invalidValue"],
  [{ op: "replace", path: enterpriseUrn, value: "x" }, "invalidValue"],
  [{ op: "replace", path: "active", value: "maybe" }, "invalidValue"],
  [{ op: "replace", path: "active", value: null }, "invalidValue"],
  [{ op: "replace", path: "active", value: "" }, "invalidValue"],
  [{ op: "replace", path: "active", value: 0 }, "invalidValue"],
  [{ op: "replace", path: "active", value: [] }, "invalidValue"],
  [{ op: "replace", path: 'emails[type eq "home"]', value: [1] }, "invalidValue"],
  [{ op: "replace", path: 'addresses[type eq "home"]', value: "Berlin" }, "invalidValue"],
  [{ op: "replace", path: "userName", value: "mi\u212ae@corp.example" }, "invalidValue"],
  [{ op: "replace", path: 7, value: "x" }, "invalidPath"],
  [{ op: "replace", path: "name.givenName.x", value: "x" }, "invalidPath"],
  [{ op: "replace", path: "name..givenName", value: "x" }, "invalidPath"],
  [{ op: "replace", path: "name givenName", value: "x" }, "invalidPath"],
  [{ op: "replace", path: ".title", value: "x" }, "invalidPath"],
  [{ op: "replace", path: "title.", value: "x" }, "invalidPath"],
  [{ op: "replace", path: "title.x", value: "x" }, "invalidPath"],
  [{ op: "replace", path: "urn:x:", value: "x" }, "invalidPath"],
  [{ op: "replace", path: "[", value: "x" }, "invalidPath"],
  [{ op: "replace", path: 'title[value eq "x"]', value: "x" }, "invalidPath"],
  [{ op: "replace", path: 'name[givenName eq "x"]', value: "x" }, "invalidPath"],
  [{ op: "replace", path: 'emails.value[type eq "x"]', value: "x" }, "invalidPath"],
  [{ op: "replace", path: 'emails[type eq "work"] value', value: "x" }, "invalidPath"],
  [{ op: "replace", path: 'emails[type eq "work"].a.b', value: "x" }, "invalidPath"],
  [{ op: "replace", path: "urn:ietf:params:scim:schemas:core:2.0:User", value: {} }, "invalidPath"],
  [{ op: "replace", path: `a${"b".repeat(1_024)}`, value: "x" }, "invalidPath"],
  [{ op: "replace", path: "size.a.b", value: "x" }, "invalidPath"],
  [{ op: "replace", path: "emails[type eq work].value", value: "x" }, "invalidFilter"],
  [{ op: "replace", path: 'emails[type eq "work"', value: "x" }, "invalidFilter"],
  [{ op: "replace", path: "emails[].value", value: "x" }, "invalidFilter"],
  [{ op: "replace", path: 'emails[type eq "work].value', value: "x" }, "invalidFilter"],
  [{ op: "replace", path: 'emails[type co "x"].value', value: "x" }, "noTarget"],
  [{ op: "add", path: 'emails[type eq "x" or type eq "y"].value', value: "x" }, "noTarget"],
  [{ op: "add", path: "emails[not (value pr)]", value: { value: "x" } }, "noTarget"],
  [{ op: "replace", path: "id", value: "other" }, "mutability"],
  [{ op: "remove", path: "id" }, "mutability"],
  [{ op: "replace", path: "meta.version", value: "9" }, "mutability"],
  [{ op: "add", path: "groups", value: [{ value: "g" }] }, "mutability"],
  [{ op: "remove", path: "userName" }, "mutability"],
  [{ op: "replace", path: "userName", value: "" }, "mutability"],
  [{ op: "replace", value: { userName: null } }, "mutability"],
  [{ op: "remove", path: "active" }, "mutability"],
])("PATCH %j is refused as %s", (operation, scimType) => {
  expect(applyUserPatch(stored(), operations(operation), { id: "mine" })).toMatchObject({
    ok: false,
    fault: { status: 400, scimType },
  });
});

test("a read-only value may be sent again as it is", () => {
  const present = body(JSON.stringify({ id: "mine", groups: [{ value: "g" }] }));
  const same = operations(
    { op: "replace", path: "id", value: "mine" },
    { op: "replace", path: "groups", value: [{ value: "g" }] },
  );
  expect(plain(patched(same, present).document)).toEqual(plain(stored()));
});

test("a failing third operation leaves the record as it was", () => {
  const document = stored();
  const before = JSON.stringify(document);
  const request = operations(
    { op: "replace", path: "title", value: "X" },
    { op: "remove", path: "emails" },
    { op: "replace", path: "active", value: "maybe" },
  );
  expect(applyUserPatch(document, request).ok).toBe(false);
  expect(JSON.stringify(document)).toBe(before);
});

test("AV-13: a password is handed back apart and never stored", () => {
  const { password, document } = patched(fixture("okta-oin-password"));
  expect(password).toBe("x9");
  expect(JSON.stringify(document)).not.toContain("x9");
  expect(patched(operations({ op: "remove", path: "password" })).password).toBeUndefined();
});

test("DG-4: the outcome is checked, not each step: e-mails may go if userName is an address", () => {
  const swap = [
    { op: "remove", path: "emails" },
    { op: "add", path: "emails", value: [{ value: "b@corp.example" }] },
  ];
  expect(patched(operations(...swap)).workEmail).toBe("b@corp.example");
  expect(patched(operations({ op: "remove", path: "emails" }))).toMatchObject({
    workEmail: "ann@corp.example",
    emailFrom: "userName",
  });
  const neither = operations({ op: "remove", path: "emails" }, { op: "replace", path: "userName", value: "ann" });
  expect(applyUserPatch(stored(), neither)).toMatchObject({ ok: false, fault: { scimType: "invalidValue" } });
});

test.each([
  "__proto__",
  "constructor",
  "prototype",
  "__PROTO__",
  "constructor.prototype",
  "name.__proto__",
  "emails.constructor",
  "urn:x:1.0:__proto__",
  "__proto__:x",
  `${enterpriseUrn}:constructor`,
  'emails[type eq "work"].__proto__',
])("no pollution: the path %s is refused as invalidPath", (path) => {
  for (const op of ["add", "replace", "remove"]) {
    expect(applyUserPatch(stored(), operations({ op, path, value: { x: 1 } })), op).toMatchObject({
      ok: false,
      fault: { scimType: "invalidPath" },
    });
  }
  expect(({} as Record<string, unknown>).x).toBeUndefined();
});

test("no pollution: names that reach a prototype are dropped as keys, refused inside dotted keys and filters", () => {
  const keys = body(
    '{"Operations":[{"op":"add","value":{"__proto__":{"x":1},"constructor":{"x":1},"name":{"__proto__":{"x":1}},"title":"X"}}]}',
  );
  expect(difference(keys)).toEqual({ title: "X" });
  expect(applyUserPatch(stored(), operations({ op: "add", value: { "name.__proto__": { x: 1 } } }))).toMatchObject({
    ok: false,
  });
  expect(
    applyUserPatch(stored(), operations({ op: "add", path: 'emails[__proto__ eq "x"].value', value: "y" })),
  ).toMatchObject({
    ok: false,
    fault: { scimType: "invalidFilter" },
  });
  expect(({} as Record<string, unknown>).x).toBeUndefined();
});

const list = (count: number, prefix = "") => Array.from({ length: count }, (_, n) => ({ value: `${prefix}${n}` }));
const names = (count: number, prefix: string) => Object.fromEntries(list(count, prefix).map(({ value }) => [value, 1]));

test.each<[string, unknown[]]>([
  [
    "filters on a long list",
    [
      { op: "add", path: "roles", value: list(999) },
      ...Array(4_000).fill({ op: "replace", path: 'roles[value co "x" or value co "y"].display', value: "" }),
    ],
  ],
  [
    "long lists named one by one",
    [
      { op: "add", path: "roles", value: list(900) },
      ...Array(60).fill({ op: "remove", path: "roles", value: list(900, "x") }),
    ],
  ],
  [
    "a long unknown list",
    [
      { op: "add", path: "x", value: list(50_000) },
      { op: "remove", path: "x", value: list(50_000, "y") },
    ],
  ],
  ["an extension of many names", [{ op: "add", value: { "urn:x:y": names(20_000, "x") } }]],
  ["many extensions", list(5_000, "urn:x").map(({ value }) => ({ op: "add", path: `${value}:y`, value: 1 }))],
])("operations that cost too much are refused before they do: %s", (_, operationsSent) => {
  expect(applyUserPatch(stored(), operations(...operationsSent))).toMatchObject({
    ok: false,
    fault: { status: 413, scimType: "tooMany" },
  });
});

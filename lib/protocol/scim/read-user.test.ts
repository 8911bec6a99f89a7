import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { type JsonObject, parseBody } from "./json";
import { enterpriseUrn } from "./messages";
import { readUser } from "./read-user";
import { renderUser } from "./render";

const fixture = (name: string): JsonObject => {
  const parsed = parseBody(readFileSync(new URL(`./fixtures/${name}.json`, import.meta.url)));
  if (!parsed.ok) throw new Error(parsed.fault.detail);
  return parsed.value;
};

const created = (body: JsonObject) => {
  const read = readUser(body, "create");
  if (!read.ok) throw new Error(read.fault.detail);
  return read.value;
};

const replaced = (body: JsonObject, current: JsonObject) => {
  const read = readUser(body, "replace", current);
  if (!read.ok) throw new Error(read.fault.detail);
  return read.value;
};

const plain = (value: unknown) => JSON.parse(JSON.stringify(value));
const ann = { userName: "ann@corp.example" };
const known = {
  id: "019c0000-0000-7000-8000-000000000001",
  meta: { created: new Date(0), lastModified: new Date(1), version: 2 },
  groups: [],
  baseUrl: "https://gatehouse.example/api/scim/v2",
};

test("AV-13: Okta's create is read; its password, groups and schemas are no part of the record", () => {
  const user = created(fixture("okta-aiw-create-user"));
  expect(user).toMatchObject({
    userName: "ada@corp.example",
    externalId: "00ujl29u0le5T6Aj10h7",
    active: true,
    workEmail: "ada@corp.example",
    emailFrom: "emails",
    displayName: "Ada Lovelace",
    givenName: "Ada",
    password: "1mz050nq",
  });
  expect(JSON.stringify(user.document)).not.toMatch(/1mz050nq|groups|schemas/);
});

test("DF-32: null, empty text and empty lists mean not set; a manager may be a display name alone", () => {
  const { document } = created(fixture("okta-oin-create-user"));
  expect(plain(document)).toEqual({
    userName: "grace@corp.example",
    name: { givenName: "Grace", familyName: "Hopper" },
    emails: [
      { primary: true, value: "grace@corp.example", type: "work" },
      { primary: false, value: "grace@home.example" },
    ],
    phoneNumbers: [{ value: "+1 212 555 0100", type: "mobile" }],
    [enterpriseUrn]: { employeeNumber: "701984", department: "Research", manager: { displayName: "Ada Lovelace" } },
    externalId: "00u1b2c3",
    active: true,
  });
});

test("FD-8: all 25 attributes, a custom extension and an unknown attribute come back as sent", () => {
  const body = fixture("okta-all-attributes");
  const answer = plain(renderUser(created(body).document, known));
  const { schemas, id, groups, meta, ...attributes } = answer;
  const { schemas: sentSchemas, ...sent } = plain(body);
  expect(attributes).toEqual(sent);
  expect(schemas).toEqual(sentSchemas);
  expect({ id, groups }).toEqual({ id: known.id, groups: [] });
  expect(meta).toEqual({
    resourceType: "User",
    created: "1970-01-01T00:00:00.000Z",
    lastModified: "1970-01-01T00:00:00.001Z",
    location: `https://gatehouse.example/api/scim/v2/Users/${known.id}`,
    version: 'W/"2"',
  });
});

test("FD-8: they survive a PUT of what GET answered, too", () => {
  const { document } = created(fixture("okta-all-attributes"));
  expect(plain(replaced(renderUser(document, known), document).document)).toEqual(plain(document));
});

test("the enterprise attributes are taken with and without URN, misspelt too, and a manager as bare id or list", () => {
  const manager = { value: "019c0000-0000-7000-8000-000000000009" };
  expect(plain(created(fixture("entra-create-user")).document)).toMatchObject({
    active: true,
    emails: [{ primary: true, type: "work", value: "linus@corp.example" }],
    [enterpriseUrn]: { department: "Kernel", manager },
  });
  expect(plain(created(fixture("onelogin-create-user")).document)[enterpriseUrn]).toEqual({
    department: "Languages",
    manager,
  });
  const misspelt = { ...ann, "urn:ietf:params:scim:schemas:extension:enterprise:2.0User": { Department: "X" } };
  expect(plain(created(misspelt).document)[enterpriseUrn]).toEqual({ department: "X" });
  const prefixed = {
    ...ann,
    [`${enterpriseUrn}:department`]: "Y",
    "urn:ietf:params:scim:schemas:core:2.0:User": { title: "T" },
  };
  expect(plain(created(prefixed).document)).toMatchObject({ title: "T", [enterpriseUrn]: { department: "Y" } });
});

test("DG-4: a userName that is no address is accepted beside an e-mail, else refused with Okta's menu name", () => {
  expect(created(fixture("jumpcloud-create-user"))).toMatchObject({
    userName: "margaret",
    workEmailKey: "margaret@corp.example",
  });
  expect(readUser({ userName: "margaret" }, "create")).toMatchObject({
    ok: false,
    fault: {
      status: 400,
      scimType: "invalidValue",
      detail: expect.stringContaining("Application username format to Email"),
    },
  });
});

test("FX-17: a missing or blank displayName is built from the names, else from userName", () => {
  expect(created(fixture("jumpcloud-create-user")).displayName).toBe("Margaret Hamilton");
  expect(created({ ...ann, displayName: "  ", name: { familyName: "Lee" } }).displayName).toBe("Lee");
  expect(created(ann).displayName).toBe("ann@corp.example");
  expect(created({ ...ann, displayName: " Ann " }).document.displayName).toBe(" Ann ");
});

test("FX-17: a built displayName that comes back in a PUT follows the name, a sent one stays", () => {
  const body = fixture("okta-aiw-replace-user");
  const { displayName: _, ...unnamed } = fixture("okta-aiw-create-user");
  const built = replaced(body, created(unnamed).document);
  expect(built.displayName).toBe("Ada King");
  expect(Object.hasOwn(built.document, "displayName")).toBe(false);
  expect(replaced(body, created(fixture("okta-aiw-create-user")).document).displayName).toBe("Ada Lovelace");
});

test("DG-6: a PUT keeps active and externalId where they are missing or null, and clears the rest", () => {
  const current = created({ ...ann, active: false, externalId: "e1", title: "Lead", custom: 1 }).document;
  expect(plain(replaced({ ...ann, active: null }, current).document)).toEqual({
    ...ann,
    active: false,
    externalId: "e1",
  });
  expect(replaced({ ...ann, active: true, externalId: "e2" }, current)).toMatchObject({
    active: true,
    externalId: "e2",
  });
});

test.each([
  [true, true],
  [false, false],
  ["True", true],
  ["FALSE", false],
  [null, true],
  [undefined, true],
])("DF-32: active %s is stored as %s on create", (sent, stored) => {
  expect(created(sent === undefined ? ann : { ...ann, active: sent }).active).toBe(stored);
});

test.each([0, 1, "no", "", [], {}, "maybe"])("active %j is refused", (active) => {
  expect(readUser({ ...ann, active }, "create")).toMatchObject({
    ok: false,
    fault: {
      scimType: "invalidValue",
      detail: expect.stringMatching(/^active must be true or false; '.*' was sent\.$/),
    },
  });
});

test("attribute names in any letter case reach the one attribute", () => {
  const { document } = created({
    USERNAME: "ann@corp.example",
    Name: { GIVENNAME: "Ann" },
    Emails: [{ VALUE: "a@corp.example" }],
  });
  expect(plain(document)).toEqual({
    userName: "ann@corp.example",
    name: { givenName: "Ann" },
    emails: [{ value: "a@corp.example" }],
    active: true,
  });
});

test.each([
  ["userName missing", {}, "userName is required."],
  ["userName blank", { userName: "  " }, "userName is required."],
  ["userName too long", { userName: "a".repeat(257) }, "userName is longer than 256"],
  ["userName as object", { userName: { startsWith: "" } }, "userName must be a text"],
  ["userName as list", { userName: ["a"] }, "userName must be a text"],
  ["name as text", { ...ann, name: "Ann" }, "name must be an object"],
  ["emails of lists", { ...ann, emails: [["a"]] }, "emails must be a list of objects"],
  ["a text too long", { ...ann, title: "x".repeat(2_049) }, "title is longer than 2,048"],
  ["an element too long", { ...ann, ims: [{ value: "x".repeat(2_049) }] }, "ims.value is longer than 2,048"],
  ["a picture too long", { ...ann, photos: [{ value: "x".repeat(16_385) }] }, "photos.value is longer than 16,384"],
  ["an unknown text too long", { ...ann, other: "x".repeat(2_049) }, "other is longer than 2,048"],
  [
    "externalId too long for an index",
    { ...ann, externalId: "é".repeat(1_025) },
    "externalId is longer than 2,048 bytes",
  ],
  [
    "a record too large",
    { ...ann, roles: Array.from({ length: 40 }, (_, n) => ({ value: `${n}${"x".repeat(2_000)}` })) },
    "64 KiB",
  ],
  [
    "too many values",
    { ...ann, roles: Array.from({ length: 1_001 }, (_, n) => ({ value: `${n}` })) },
    "roles has more than 1,000",
  ],
  [
    "too many unknown names",
    { ...ann, ...Object.fromEntries(Array.from({ length: 201 }, (_, n) => [`x${n}`, 1])) },
    "more than 200",
  ],
  ["unknown nested too deep", { ...ann, x: JSON.parse(`${'{"a":'.repeat(9)}1${"}".repeat(9)}`) }, "deeper than 8"],
  [
    "a Kelvin sign in an e-mail",
    { ...ann, emails: [{ value: "an\u212a@corp.example" }] },
    "emails.value contains the character U+212A",
  ],
  ["an e-mail that is none", { userName: "ann", emails: [{ value: "ann" }] }, "'ann' is not an e-mail address"],
])("%s is refused with a sentence that names it", (_, body, sentence) => {
  expect(readUser(body as JsonObject, "create")).toMatchObject({
    ok: false,
    fault: { status: 400, scimType: "invalidValue", detail: expect.stringContaining(sentence) },
  });
});

test("limits leave room for what is allowed", () => {
  const picture = { value: "x".repeat(16_384) };
  expect(
    readUser({ ...ann, photos: [picture], title: "x".repeat(2_048), externalId: "e".repeat(2_048) }, "create").ok,
  ).toBe(true);
  expect(readUser({ ...ann, x: JSON.parse(`${'{"a":'.repeat(7)}1${"}".repeat(7)}`) }, "create").ok).toBe(true);
});

test.each([
  [
    "the primary one",
    [
      { value: "a@x.example", type: "work" },
      { value: "b@x.example", primary: true },
    ],
    "b@x.example",
  ],
  ["else the one of type work", [{ value: "a@x.example" }, { value: "b@x.example", type: "Work" }], "b@x.example"],
  ["else the first", [{ value: "a@x.example", type: "home" }, { value: "b@x.example" }], "a@x.example"],
  [
    "the last primary of two",
    [
      { value: "a@x.example", primary: true },
      { value: "b@x.example", primary: "True" },
    ],
    "b@x.example",
  ],
  ["a plain text", ["a@x.example"], "a@x.example"],
  ["a single object", { value: "a@x.example" }, "a@x.example"],
  ["userName where only labels come", [{ type: "work", primary: true, display: "A", value: "" }], "ann@corp.example"],
])("DF-32: the work e-mail is %s", (_, emails, expected) => {
  expect(created({ ...ann, emails: emails as JsonObject[] }).workEmail).toBe(expected);
});

test("equal elements collapse and at most one stays primary", () => {
  const { document } = created({
    ...ann,
    emails: [
      { value: "a@x.example", primary: true },
      { value: "b@x.example", primary: true },
      { value: "a@x.example" },
    ],
  });
  expect(plain(document.emails)).toEqual([
    { value: "a@x.example", primary: false },
    { value: "b@x.example", primary: true },
  ]);
});

test("e-mails are given with the keys that look-ups need", () => {
  expect(created({ ...ann, emails: [{ value: "Ann@BÜCHER.example", type: "Work", primary: true }] }).emails).toEqual([
    { value: "Ann@BÜCHER.example", valueKey: "ann@xn--bcher-kva.example", typeKey: "work", primary: true },
  ]);
});

test("names that reach a prototype never enter a record, whatever object they come on", () => {
  const hostile = JSON.parse(
    '{"userName":"ann@corp.example","__proto__":{"x":1},"constructor":{"x":1},"name":{"__proto__":{"x":1}},"y":{"z":{"prototype":1}}}',
  );
  const { document } = created(hostile);
  expect(plain(document)).toEqual({ userName: "ann@corp.example", active: true, y: { z: {} } });
  expect(Object.getPrototypeOf(document)).toBeNull();
  expect(({} as Record<string, unknown>).x).toBeUndefined();
});

test("givenName and familyName are answered even if never sent, and a read-only name of the client is ignored", () => {
  const { document } = created({ ...ann, id: "mine", meta: { version: "9" }, groups: [{ value: "g" }] });
  expect(plain(document)).toEqual({ ...ann, active: true });
  const groups = [{ id: "g1", displayName: "Ops" }];
  expect(plain(renderUser(document, { ...known, groups }))).toMatchObject({
    id: known.id,
    name: { givenName: "", familyName: "" },
    displayName: "ann@corp.example",
    active: true,
    groups: [{ value: "g1", $ref: `${known.baseUrl}/Groups/g1`, display: "Ops", type: "direct" }],
  });
});

test("V-17, DG-7: with userName first an address there is the work e-mail; another userName leaves it to the e-mails", () => {
  const emails = [{ value: "alias@corp.example", primary: true }];
  const workEmailOf = (userName: string, source: "email" | "userName") => {
    const read = readUser({ userName, emails }, "create", undefined, source);
    return read.ok ? [read.value.workEmailKey, read.value.emailFrom] : read.fault.detail;
  };
  expect(workEmailOf("Ann@corp.example", "userName")).toEqual(["ann@corp.example", "emails"]);
  expect(workEmailOf("annlee", "userName")).toEqual(["alias@corp.example", "emails"]);
  expect(workEmailOf("Ann@corp.example", "email")).toEqual(["alias@corp.example", "emails"]);
});

import { expect, test } from "vitest";
import { applyUserPatch } from "./apply-user-patch";
import { schemaResources } from "./discovery";
import { groupChanges } from "./group-changes";
import { emptyObject, type Json, type JsonObject, own } from "./json";
import { enterpriseUrn, groupUrn, userUrn } from "./messages";
import { parseFilter } from "./parse-filter";
import { readGroup } from "./read-group";
import { readUser } from "./read-user";
import { type Attribute, findAttribute, findSubAttribute, type ResourceType } from "./schema";

type Declared = { resource: ResourceType; urn: string | undefined; attribute: Attribute };

/** All that /Schemas tells, as a client would read it: through JSON. */
const declared: Declared[] = (
  JSON.parse(JSON.stringify(schemaResources("https://x"))) as { id: string; attributes: Attribute[] }[]
).flatMap(({ id, attributes }) =>
  attributes.map((attribute) => ({
    resource: id === groupUrn ? ("Group" as const) : ("User" as const),
    urn: id === enterpriseUrn ? id : undefined,
    attribute,
  })),
);

const named = ({ resource, urn, attribute }: Declared): [string, Declared] => [
  `${resource} ${urn ? "enterprise " : ""}${attribute.name}`,
  { resource, urn, attribute },
];
const all = declared.map(named);
const writable = declared.filter(({ attribute }) => attribute.mutability === "readWrite").map(named);
const readOnly = declared.filter(({ attribute }) => attribute.mutability === "readOnly").map(named);
// A group's members live in rows; what is read of them is tested with groups.
const inDocument = writable.filter(([, { attribute }]) => attribute.name !== "members");

/** A value of the declared type, as a client would send it. */
function sample({ name, type, multiValued, subAttributes = [] }: Attribute): Json {
  if (type === "complex") {
    const element = Object.fromEntries(subAttributes.map((sub) => [sub.name, sample(sub)]));
    return multiValued ? [element] : element;
  }
  if (type === "boolean") return true;
  return name === "userName" || name === "value" ? "ann@corp.example" : `${name} as sent`;
}

const whole = (resource: ResourceType): JsonObject => ({
  ...(resource === "User" ? { userName: "ann@corp.example" } : { displayName: "Ops" }),
});

function bodyWith({ resource, urn, attribute }: Declared, value: Json, name = attribute.name): JsonObject {
  return { ...whole(resource), ...(urn ? { [urn]: { [name]: value } } : { [name]: value }) };
}

/** What the kernel keeps of a create; a group's name and label stand beside its document. */
function kept({ resource, urn, attribute }: Declared, body: JsonObject): Json | undefined {
  const read = resource === "User" ? readUser(body, "create") : readGroup(body);
  if (!read.ok) throw new Error(read.fault.detail);
  const { document } = read.value;
  if (resource === "Group" && attribute.name === "displayName") return read.value.displayName;
  const container = urn ? own(document, urn) : document;
  return container === undefined ? undefined : own(container as JsonObject, attribute.name);
}

test.each(inDocument)("FD-8, FX-16: %s is kept as /Schemas declares it, in any letter case", (_, one) => {
  const value = sample(one.attribute);
  expect(kept(one, bodyWith(one, value))).toEqual(value);
  const again = bodyWith(one, value, one.attribute.name.toUpperCase());
  if (!one.attribute.required) expect(kept(one, again)).toEqual(value);
});

test.each(all)("FX-16: %s has the type that the kernel demands", (_, one) => {
  const { attribute, resource, urn } = one;
  expect(findAttribute(resource, urn, attribute.name)).toEqual(attribute);
  if (attribute.mutability === "readOnly" || attribute.name === "members") return;
  const refusal = (value: Json) => {
    const body = bodyWith(one, value);
    const read = resource === "User" ? readUser(body, "create") : readGroup(body);
    return read.ok ? "accepted" : read.fault.scimType;
  };
  if (attribute.type === "complex") {
    // A list takes one element for a list of one; neither takes a list of lists.
    expect(refusal([["x"]])).toBe("invalidValue");
    const two = attribute.multiValued ? "accepted" : "invalidValue";
    expect(refusal([{ value: "a@corp.example" }, { value: "b@corp.example" }])).toBe(two);
  } else {
    expect(refusal({ a: 1 })).toBe("invalidValue");
    expect(refusal(["a", "b"])).toBe("invalidValue");
  }
  if (attribute.type === "boolean") expect(refusal("maybe")).toBe("invalidValue");
});

test.each(readOnly)("FX-16: %s is read-only: ignored in a body, refused by explicit path", (_, one) => {
  expect(kept(one, bodyWith(one, sample(one.attribute)))).toBeUndefined();
  const change = { Operations: [{ op: "replace", path: one.attribute.name, value: sample(one.attribute) }] };
  const changed =
    one.resource === "User" ? applyUserPatch(whole("User"), change, emptyObject()) : groupChanges(change as JsonObject);
  expect(changed).toMatchObject({ ok: false, fault: { scimType: "mutability" } });
});

test.each(all)(
  "FX-15, FX-16: %s is compared in the letter case that /Schemas declares",
  (_, { resource, urn, attribute }) => {
    const known = findAttribute(resource, urn, attribute.name);
    const subs = attribute.type === "complex" ? (attribute.subAttributes ?? []) : [attribute];
    for (const sub of subs.filter(({ type }) => type !== "boolean")) {
      const path = [urn, sub === attribute ? sub.name : `${attribute.name}.${sub.name}`].filter(Boolean).join(":");
      const filter = parseFilter(resource, `${path} eq "ANN"`);
      const compared = filter.ok && filter.value.kind === "compare" ? filter.value.value : undefined;
      expect(compared, path).toBe(sub.caseExact ? "ANN" : "ann");
      if (sub !== attribute && known) expect(findSubAttribute(known, sub.name.toUpperCase()), path).toEqual(sub);
    }
  },
);

test("FX-16: what /Schemas calls required is what a create demands, and nothing else", () => {
  const required = declared.filter(({ attribute }) => attribute.required).map(({ attribute }) => attribute.name);
  expect(required).toEqual(["userName", "displayName"]);
  const name = readUser({ emails: [{ value: "ann@corp.example" }] }, "create");
  expect(name).toMatchObject({ fault: { detail: "userName is required." } });
  expect(readGroup({})).toMatchObject({ fault: { detail: "displayName is required." } });
  expect([readUser(whole("User"), "create").ok, readGroup(whole("Group")).ok]).toEqual([true, true]);
});

test("FX-16: what /Schemas does not tell of is kept as it was sent, not read as a declared type", () => {
  const read = readUser({ ...whole("User"), title: 7, favouriteNumber: 7, tags: ["a", ["b"]] }, "create");
  expect(read.ok && read.value.document).toMatchObject({ title: "7", favouriteNumber: 7, tags: ["a", ["b"]] });
});

test("RFC 7643 3.1: attributes of every resource belong to no schema, and are known all the same", () => {
  const names = declared.map(({ attribute }) => attribute.name);
  for (const common of ["id", "externalId", "meta"]) {
    expect(names).not.toContain(common);
    for (const resource of ["User", "Group"] as const) expect(findAttribute(resource, undefined, common)).toBeDefined();
  }
});

type Row = [
  path: string,
  type: string,
  multiValued: boolean,
  caseExact: boolean,
  uniqueness: string,
  canonical?: string[],
];
const text = (path: string): Row => [path, "string", false, false, "none"];

/** FD-8 and what surrounds it, as RFC 7643 4 describes it. */
const profile: Row[] = [
  ["userName", "string", false, false, "server"],
  ...["displayName", "nickName", "title", "userType", "preferredLanguage", "locale", "timezone"].map(text),
  ["profileUrl", "reference", false, false, "none"],
  ["active", "boolean", false, false, "none"],
  ["name", "complex", false, false, "none"],
  ...["formatted", "familyName", "givenName", "middleName", "honorificPrefix", "honorificSuffix"].map((sub) =>
    text(`name.${sub}`),
  ),
  ...[
    "emails",
    "phoneNumbers",
    "addresses",
    "ims",
    "photos",
    "roles",
    "entitlements",
    "x509Certificates",
    "groups",
  ].map((path): Row => [path, "complex", true, false, "none"]),
  ...["emails", "phoneNumbers", "roles", "entitlements", "ims"].flatMap((path) => [
    text(`${path}.value`),
    text(`${path}.display`),
  ]),
  ["emails.type", "string", false, false, "none", ["work", "home", "other"]],
  ["phoneNumbers.type", "string", false, false, "none", ["work", "home", "mobile", "fax", "pager", "other"]],
  ["addresses.type", "string", false, false, "none", ["work", "home", "other"]],
  ...["emails", "phoneNumbers", "addresses"].map((path): Row => [`${path}.primary`, "boolean", false, false, "none"]),
  ...["formatted", "streetAddress", "locality", "region", "postalCode", "country"].map((sub) =>
    text(`addresses.${sub}`),
  ),
  ["x509Certificates.value", "binary", false, true, "none"],
  ["groups.value", "string", false, true, "none"],
  ["groups.type", "string", false, false, "none", ["direct"]],
];
const enterprise: Row[] = [
  ...["employeeNumber", "costCenter", "organization", "division", "department", "manager.displayName"].map(text),
  ["manager", "complex", false, false, "none"],
  ["manager.value", "string", false, true, "none"],
];
const group: Row[] = [
  ["displayName", "string", false, false, "server"],
  ["members", "complex", true, false, "none"],
  ["members.value", "string", false, true, "none"],
  ["members.type", "string", false, false, "none", ["User", "Group"]],
];

type Expected = [urn: string, ...Row];
const expected: Expected[] = [
  ...profile.map((row): Expected => [userUrn, ...row]),
  ...enterprise.map((row): Expected => [enterpriseUrn, ...row]),
  ...group.map((row): Expected => [groupUrn, ...row]),
];

test.each<Expected>(expected)(
  "FD-8: Okta's Import User Schema reads %s %s as %s",
  (urn, path, type, multiValued, caseExact, uniqueness, canonical) => {
    const [name, sub] = path.split(".");
    const top = schemaResources("https://x")
      .find(({ id }) => id === urn)
      ?.attributes.find((one) => one.name === name);
    const found = sub ? top?.subAttributes?.find((one) => one.name === sub) : top;
    const isReadOnly = name === "groups";
    const isMember = name === "members" && sub !== undefined;
    const mutability = isReadOnly ? "readOnly" : isMember ? "immutable" : "readWrite";
    expect(found).toMatchObject({ type, multiValued, caseExact, uniqueness, mutability, returned: "default" });
    expect(found?.canonicalValues).toEqual(canonical);
    expect(found?.description).not.toBe("");
  },
);

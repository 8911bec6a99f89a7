import { expect, test } from "vitest";
import type { JsonObject } from "./json";
import { enterpriseUrn } from "./messages";
import { project, readProjection, wantsMembers } from "./project";

const custom = "urn:okta:app_x:1.0:user:custom";
const ann: JsonObject = {
  schemas: ["s"],
  id: "u1",
  userName: "ann",
  name: { givenName: "Ann", familyName: "Lee" },
  emails: [
    { value: "a@x.example", type: "work" },
    { type: "home", value: "b@x.example" },
  ],
  shoeSize: 44,
  [enterpriseUrn]: { department: "R", division: "D" },
  [custom]: { badge: "B", desk: "3" },
  meta: { version: "1" },
};
const always = { schemas: ["s"], id: "u1" };
const only = (attributes: string) => ({ ...project(ann, readProjection("User", attributes)) });
const without = (excluded: string) => ({ ...project(ann, readProjection("User", undefined, excluded)) });
const plain = (value: unknown) => JSON.parse(JSON.stringify(value));

test.each<[string, object]>([
  ["userName", { userName: "ann" }],
  ["USERNAME, shoesize", { userName: "ann", shoeSize: 44 }],
  ["urn:ietf:params:scim:schemas:core:2.0:User:userName", { userName: "ann" }],
  ["name.givenName", { name: { givenName: "Ann" } }],
  ["emails.value", { emails: [{ value: "a@x.example" }, { value: "b@x.example" }] }],
  ["emails.colour", {}],
  [enterpriseUrn, { [enterpriseUrn]: { department: "R", division: "D" } }],
  [`${enterpriseUrn.toLowerCase()}:Department`, { [enterpriseUrn]: { department: "R" } }],
  ["department", { [enterpriseUrn]: { department: "R" } }],
  [custom, { [custom]: { badge: "B", desk: "3" } }],
  [`${custom}:badge`, { [custom]: { badge: "B" } }],
  ["noSuchThing", {}],
  ["__proto__,constructor", {}],
])("attributes=%s answers those, id and schemas", (attributes, expected) => {
  expect(plain(only(attributes))).toEqual({ ...always, ...expected });
});

test.each<[string, string[]]>([
  ["meta,emails,name", ["meta", "emails", "name"]],
  ["id,schemas", []],
  [custom, [custom]],
  [`${enterpriseUrn}`, [enterpriseUrn]],
  ["noSuchThing", []],
  ["", []],
])("excludedAttributes=%s leaves those out, never id and schemas", (excluded, gone) => {
  expect(Object.keys(without(excluded))).toEqual(Object.keys(ann).filter((name) => !gone.includes(name)));
});

test("a sub-attribute can be left out", () => {
  expect(plain(without("emails.type,department"))).toMatchObject({
    emails: [{ value: "a@x.example" }, { value: "b@x.example" }],
    [enterpriseUrn]: { division: "D" },
  });
});

test("attributes wins over excludedAttributes, and empty lists are absent", () => {
  expect(plain(project(ann, readProjection("User", "userName", "userName")))).toEqual({ ...always, userName: "ann" });
  expect(project(ann, readProjection("User", " , ", ""))).toBe(ann);
});

test.each([
  [undefined, "members", false],
  [undefined, "meta, MEMBERS", false],
  [undefined, "urn:ietf:params:scim:schemas:core:2.0:Group:members", false],
  [undefined, "members.display", true],
  [undefined, undefined, true],
  ["displayName", undefined, false],
  ["displayName,members.value", undefined, true],
])("attributes=%s excludedAttributes=%s wants members: %s", (attributes, excluded, wanted) => {
  expect(wantsMembers(readProjection("Group", attributes, excluded))).toBe(wanted);
});

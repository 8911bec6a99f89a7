import { expect, test } from "vitest";
import { differences } from "./differences";

test.each<[string, unknown, unknown]>([
  ["attributes that are not named", { title: "Lead" }, { title: "Lead", active: true }],
  ["null where nothing is", { title: null, name: { givenName: null } }, { name: { familyName: "Lee" } }],
  [
    "values of an attribute in another order",
    { emails: [{ value: "b" }, { value: "a" }] },
    { emails: [{ value: "a" }, { value: "b" }] },
  ],
  ["resources in their order", { Resources: [{ id: "1" }, { id: "2" }] }, { Resources: [{ id: "1" }, { id: "2" }] }],
  ["a pattern", { detail: "/^User .+ was not found/" }, { detail: "User 7 was not found." }],
])("an answer may have %s", (_, expected, actual) => {
  expect(differences(expected, actual)).toEqual([]);
});

test.each<[string, unknown, unknown, string]>([
  [
    "another value",
    { name: { givenName: "Ada" } },
    { name: { givenName: "Bob" } },
    'body.name.givenName is "Bob", not "Ada"',
  ],
  ["a text for a boolean", { active: false }, { active: "false" }, 'body.active is "false", not false'],
  ["nothing", { title: "Lead" }, {}, 'body.title is undefined, not "Lead"'],
  ["what must not be there", { password: null }, { password: "" }, 'body.password is there: ""'],
  ["null where nothing is to be", { title: null }, { title: null }, "body.title is there: null"],
  ["an element too many", { emails: [] }, { emails: [{ value: "a" }] }, "body.emails has 1 elements, not 0"],
  ["another element", { emails: [{ value: "a" }] }, { emails: [{ value: "b" }] }, 'body.emails lacks {"value":"a"}'],
  ["one element for two", { roles: ["a", "a"] }, { roles: ["a", "b"] }, 'body.roles lacks "a"'],
  [
    "resources in another order",
    { Resources: [{ id: "1" }, { id: "2" }] },
    { Resources: [{ id: "2" }, { id: "1" }] },
    "body.Resources[0].id",
  ],
  ["no list", { emails: [] }, {}, "body.emails is undefined, not []"],
  ["a text beside the pattern", { detail: "/^User/" }, { detail: "Group" }, 'body.detail is "Group"'],
])("an answer with %s is told", (_, expected, actual, line) => {
  expect(differences(expected, actual).join("\n")).toContain(line);
});

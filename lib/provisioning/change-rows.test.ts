import { expect, test } from "vitest";
import { changeRows } from "./change-rows";

const enterprise = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";

test("B-6: a change is one row an attribute, names inside names with a dot, only what differs", () => {
  const before = {
    active: true,
    title: null,
    name: { givenName: "Ann", familyName: "Lee" },
    emails: [{ value: "ann@acme.example", type: "work", primary: true }],
    [enterprise]: { department: "R&D", manager: { displayName: "Bo" } },
  };
  const after = {
    active: false,
    title: "Lead",
    name: { givenName: "Ann", familyName: "King" },
    emails: [{ value: "ann@acme.example", type: "work", primary: true }, { value: "a@home.example" }],
    [enterprise]: null,
  };
  expect(changeRows({ before, after })).toEqual([
    { field: "active", before: "true", after: "false" },
    { field: "name.familyName", before: "Lee", after: "King" },
    {
      field: "emails",
      before: "ann@acme.example (work, primary)",
      after: "ann@acme.example (work, primary)\na@home.example",
    },
    { field: "enterprise.department", before: "R&D", after: null },
    { field: "enterprise.manager.displayName", before: "Bo", after: null },
    { field: "title", before: null, after: "Lead" },
  ]);
});

test("all of a record that was made is new, but what the server decides", () => {
  const made = { schemas: ["x"], id: "1", meta: { version: "1" }, groups: [], userName: "ann", active: true };
  expect(changeRows({}, made)).toEqual([
    { field: "userName", before: null, after: "ann" },
    { field: "active", before: null, after: "true" },
  ]);
});

import { expect, test } from "vitest";
import { listHref, listPairs } from "./list-address";

const address = {
  path: "/users",
  params: { q: "ann lee", status: ["active", "invited"], sort: "name", after: "cursor", size: undefined },
};

test("any change drops the cursor and keeps the rest", () => {
  expect(listHref(address, { sort: "-lastSignIn" })).toBe(
    "/users?q=ann+lee&status=active&status=invited&sort=-lastSignIn",
  );
});

test("a page's own link sets its cursor", () => {
  expect(listHref(address, { before: "earlier" })).toBe(
    "/users?q=ann+lee&status=active&status=invited&sort=name&before=earlier",
  );
});

test("null, nothing and an empty list take a parameter away", () => {
  expect(listHref(address, { q: "", status: [], sort: null })).toBe("/users");
});

test("a form's hidden fields hold the same", () => {
  expect(listPairs(address, { q: null })).toEqual([
    ["status", "active"],
    ["status", "invited"],
    ["sort", "name"],
  ]);
});

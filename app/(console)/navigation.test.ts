import { mayRole } from "lib/scope/permissions";
import { expect, test } from "vitest";
import { actionOfPage, lowestRole, navigation } from "./navigation";

test.each([
  ["/overview", "viewer"],
  ["/connections/01a20f24-8267-7d8b-9595-c59681b3de3e/provisioning", "viewer"],
  ["/connections/new", "owner"],
  ["/activity?q=AB12", "admin"],
  ["/audit", "admin"],
])("DF-1: the 403 page of %s names the %s role, the lowest that may open it", (path, role) => {
  const action = actionOfPage(path);
  expect(action && lowestRole(action)).toBe(role);
});

test("what every role may open needs none, and a longer name is another page", () => {
  expect([actionOfPage("/account"), actionOfPage("/usersx")]).toEqual([null, null]);
});

test("a member's menu is empty, so that only Account stands in it", () => {
  expect(navigation.filter(({ action }) => mayRole("member", action))).toEqual([]);
});

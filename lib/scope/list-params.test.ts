import { expect, test } from "vitest";
import { z } from "zod";
import { manyOf, onceOf, optionalDay, pageParams, searchText } from "./list-params";

const list = z.object({
  q: searchText,
  status: manyOf(z.enum(["active", "invited"])),
  sort: onceOf(z.enum(["name", "-name"]).catch("name").default("name")),
  from: optionalDay,
  ...pageParams(25),
});

test("an address without parameters is the first page by default order", () => {
  expect(list.parse({})).toEqual({ q: "", status: [], sort: "name", size: 25 });
});

test("bad values fall back without an error: ?size=7&sort=nope&status=x&from=yesterday", () => {
  const given = { size: "7", sort: "nope", status: ["x", "active"], from: "yesterday", q: ["a", "b"] };
  expect(list.parse(given)).toMatchObject({ q: "a", status: ["active"], sort: "name", size: 25, from: undefined });
});

test("a NUL or 10,000 characters in the search never reach the database", () => {
  expect(list.parse({ q: "a\u0000b" }).q).toBe("");
  expect(list.parse({ q: "a".repeat(10_000) }).q).toBe("");
});

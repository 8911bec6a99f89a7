import { createHash } from "node:crypto";
import { Prisma } from "prisma/client/client";
import { expect, test } from "vitest";
import { plannedFor, statementName } from "./statement-name";

test("a statement is named once it comes often, always the same, and at most 200 are", () => {
  const ask = (sql: string, times: number) => Array.from({ length: times }, () => statementName({ sql })).at(-1);
  expect(ask("SELECT 1", 19)).toBe("");
  const name = ask("SELECT 1", 1);
  // Of the text and nothing else: another process, behind the same pooler, may never mean another statement by it.
  expect(name).toBe(`s_${createHash("sha256").update("SELECT 1").digest("hex").slice(0, 32)}`);
  expect(ask(`SELECT ${"1 + ".repeat(3_000)}1`, 30)).toBe("");
  for (let index = 0; index < 5_000; index++) expect(ask(`SELECT ${index} AS rare`, 1)).toBe("");
  for (let index = 0; index < 300; index++) ask(`SELECT ${index} AS often`, 20);
  const named = Array.from({ length: 300 }, (_, index) => ask(`SELECT ${index} AS often`, 1)).filter(Boolean);
  expect(new Set(named).size).toBe(199);
  expect(ask("SELECT 1", 1)).toBe(name);
});

test("a statement over a long list is never named, so it is planned for its list; over a short one it is", () => {
  const over = (ids: number[]) => Prisma.sql`SELECT ${ids} ${plannedFor(ids)}`;
  const names = (ids: number[]) => Array.from({ length: 40 }, () => statementName(over(ids))).filter(Boolean);
  expect(names(Array.from({ length: 101 }, (_, index) => index))).toEqual([]);
  expect(over([1]).sql).not.toContain("planned anew");
});

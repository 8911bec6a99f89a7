import { randomUUID } from "node:crypto";
import type { OrgScope } from "lib/scope/scope";
import { expect, test } from "vitest";
import { knownCounts, rememberCounts } from "./remember-counts";

const scopeOf = (orgId: string) => ({ orgId }) as OrgScope;

test("the count of a large group is known by its version, in its own organization only", () => {
  const [one, other] = [scopeOf(randomUUID()), scopeOf(randomUUID())];
  rememberCounts(one, [
    ["large:1", 50_000],
    ["small:1", 999],
  ]);
  expect([...knownCounts(one)]).toEqual([["large:1", 50_000]]);
  expect(knownCounts(other).size).toBe(0);
});

import { expect, test, vi } from "vitest";
import { exactTotal, totalOf } from "./remember-total";

test("that a list is beyond the exact count is counted once a minute, any other total each time", async () => {
  const beyond = vi.fn(async () => exactTotal + 1);
  expect([await totalOf("long", beyond), await totalOf("long", beyond)]).toEqual([10_001, 10_001]);
  expect(beyond).toHaveBeenCalledTimes(1);
  const exact = vi.fn(async () => exactTotal);
  expect([await totalOf("short", exact), await totalOf("short", exact)]).toEqual([10_000, 10_000]);
  expect(exact).toHaveBeenCalledTimes(2);
});

import { describe, expect, test } from "vitest";
import { absoluteTime, dateOnly, relativeTime } from "./format-time";

const now = new Date("2026-03-12T12:00:00Z");
const before = (seconds: number) => new Date(now.getTime() - seconds * 1000);

describe("relative time", () => {
  test.each([
    [2, "just now"],
    [59, "59 seconds ago"],
    [60, "1 minute ago"],
    [3 * 60 + 59, "3 minutes ago"],
    [3600, "1 hour ago"],
    [6 * 86_400 + 86_399, "6 days ago"],
    [7 * 86_400, null],
    [-12 * 60, "in 12 minutes"],
    [-8 * 86_400, null],
  ])("%d seconds back reads %s", (seconds, words) => {
    expect(relativeTime(before(seconds), now)).toBe(words);
  });
});

test("an exact time is told in the reader's zone and names it", () => {
  const at = new Date("2026-07-01T22:30:15Z");
  expect(absoluteTime(at, { locale: "en-GB", zone: "Europe/Berlin" }, true)).toBe("2 July 2026 at 00:30:15 CEST");
  expect(absoluteTime(at, { locale: "en-US", zone: "America/New_York" })).toBe("July 1, 2026 at 06:30 PM EDT");
});

test("a date is the day in the reader's zone", () => {
  expect(dateOnly(new Date("2035-03-11T23:30:00Z"), { zone: "Europe/Berlin" })).toBe("12 March 2035");
});

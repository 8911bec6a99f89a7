import { newId } from "lib/base/crypto";
import { expect, test } from "vitest";
import { readCursor, writeCursor } from "./page-cursor";

test("a cursor comes back as the place it was made of; a broken one is none", () => {
  const place = { key: "ann lee", id: newId() };
  expect(readCursor(writeCursor(place))).toEqual(place);
  const broken = [
    { ...place, id: "-".repeat(36) },
    { ...place, id: "x" },
    { ...place, key: "a\u0000" },
  ].map(writeCursor);
  for (const cursor of [undefined, "", "%%%", "e30", ...broken]) expect(readCursor(cursor)).toBeNull();
});

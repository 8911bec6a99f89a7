import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";

const root = join(import.meta.dirname, "..");
const sources = readdirSync(root, { recursive: true, encoding: "utf8" }).filter((file) =>
  /(?<!\.test)\.(tsx?|css)$/.test(file),
);

const lines = sources.flatMap((file) =>
  readFileSync(join(root, file), "utf8")
    .split("\n")
    .map((text, index) => ({ place: `components/${file}:${index + 1}`, text })),
);

const found = (pattern: RegExp) => lines.filter(({ text }) => pattern.test(text)).map(({ place }) => place);

test("components name colours by token: no hex value", () => {
  expect(sources.length).toBeGreaterThan(40);
  expect(found(/#(?:[0-9a-f]{3,4}|[0-9a-f]{6}|[0-9a-f]{8})\b/i)).toEqual([]);
});

test("components know no theme: no dark: class", () => {
  expect(found(/["'\s`]dark:/)).toEqual([]);
});

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { isInstalled } from "bin/install.mjs";
import { afterEach, beforeEach, expect, test } from "vitest";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "gatehouse-install-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

function write(path: string, packages: object) {
  mkdirSync(join(folder, path, ".."), { recursive: true });
  writeFileSync(join(folder, path), JSON.stringify({ packages }));
}

const wanted = {
  "": { name: "product" },
  "node_modules/a": { version: "1.0.0", integrity: "sha512-a" },
  "node_modules/b-for-mac": { version: "1.0.0", integrity: "sha512-b", optional: true },
};
const present = { "node_modules/a": { version: "1.0.0", integrity: "sha512-a" } };

test("what npm ci left is complete without the packages of other platforms", () => {
  write("package-lock.json", wanted);
  expect(isInstalled(folder)).toBe(false);
  write("node_modules/.package-lock.json", present);
  expect(isInstalled(folder)).toBe(false);
  mkdirSync(join(folder, "node_modules/a"));
  expect(isInstalled(folder)).toBe(true);
});

test.each([
  ["another version", { version: "1.0.1", integrity: "sha512-a" }],
  ["other content", { version: "1.0.0", integrity: "sha512-x" }],
])("%s in the lockfile is installed anew", (_, changed) => {
  write("package-lock.json", { ...wanted, "node_modules/a": changed });
  write("node_modules/.package-lock.json", present);
  mkdirSync(join(folder, "node_modules/a"));
  expect(isInstalled(folder)).toBe(false);
});

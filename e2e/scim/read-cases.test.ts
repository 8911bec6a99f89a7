import { existsSync, readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { fill } from "./placeholders";
import { readCase, readCases, requestsFolder } from "./read-cases";

const here = (path: string) => new URL(path, import.meta.url);
const folders = readdirSync(requestsFolder).sort();

test.each(folders)("the cases of %s are all well formed, and its spec runs them", (folder) => {
  expect(readCases(folder).length).toBeGreaterThan(0);
  const spec = here(`${folder}.spec.ts`);
  expect(existsSync(spec), `${folder}.spec.ts is missing`).toBe(true);
  expect(readFileSync(spec, "utf8")).toContain(`conformance("${folder}"`);
});

const request = { name: "read", method: "GET", path: "/Users", answer: { status: 200 } };
const text = (changes: object) => JSON.stringify({ name: "a case", requests: [{ ...request, ...changes }] });

test("a case has a name, requests, and a read-back after each write", () => {
  expect(readCase("x.json", text({})).requests).toHaveLength(1);
});

test.each([
  ["no JSON", "{"],
  ["without requests", JSON.stringify({ name: "a case", requests: [] })],
  ["with a misspelt name", text({ expected: {} })],
  ["with a write that nobody reads back", text({ method: "POST" })],
  ["with a read-back that says nothing", text({ method: "POST", readBack: { path: "/Users" } })],
  ["with a refusal that need not say why", text({ answer: { status: 404 } })],
  ["with a path of another server", text({ path: "https://elsewhere.example/Users" })],
])("a file %s is no case", (_, broken) => {
  expect(() => readCase("x.json", broken)).toThrow("x.json is no case");
});

test("{{name}} stands for what is known, {{text*n}} for n times the text, and anything else is an error", () => {
  expect(fill("/Users/{{ada}}?{{x*3}}", new Map([["ada", "1"]]))).toBe("/Users/1?xxx");
  expect(() => fill("{{bob}}", new Map())).toThrow("Nothing is known as {{bob}}");
});

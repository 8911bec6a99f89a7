// Names and sizes. What is only a hint is printed and fails nothing; a lib file that could reach a browser fails.
import { readdirSync, readFileSync } from "node:fs";

const roots = ["app", "components", "lib", "bin", "e2e", "bench"];
const files = roots.flatMap((root) =>
  readdirSync(root, { recursive: true, encoding: "utf8" }).map((path) => `${root}/${path.replaceAll("\\", "/")}`),
);
const sources = files.filter((path) => /\.(tsx?|mjs)$/.test(path) && !/node_modules\/|\.next\//.test(path));
const linesOf = (/** @type {string} */ path) => readFileSync(path, "utf8").split("\n");

const vague = sources.filter((path) => /(^|\/)(utils?|helpers?|common|misc|shared|index)(\/|\.)/.test(path));
const long = sources.filter((path) => linesOf(path).length > 250);
const deep = sources.filter((path) => /^lib\/(?!protocol\/)[^/]+\/[^/]+\//.test(path));
const nameless = sources.filter((path) => !/(^|\/)[a-z0-9[\].-]+$/.test(path));
const hints = {
  "vague name": vague,
  "over 250 lines": long,
  "folder inside an area": deep,
  "name outside a-z": nameless,
};
for (const [hint, paths] of Object.entries(hints))
  for (const path of paths) console.log(`look twice, ${hint}: ${path}`);

const open = /^lib\/(protocol|scope)\/|\/schema\.ts$|\.test\.tsx?$/;
const leaking = sources.filter(
  (path) => path.startsWith("lib/") && !open.test(path) && linesOf(path)[0] !== 'import "server-only";',
);
for (const path of leaking)
  console.error(`${path}: its first line must be import "server-only"; so that it stays on the server`);
process.exitCode = leaking.length ? 1 : 0;

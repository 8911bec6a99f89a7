// `npm run reliability -- R-04 R-05`, or `all`: the scenarios of e2e/reliability against the production build.
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { isBuildStale } from "./build.mjs";
import { root } from "./root.mjs";

const wanted = process.argv.slice(2).filter((word) => word !== "all");
const unknown = wanted.find((word) => !/^R-\d{2}$/.test(word));
if (unknown) {
  process.stderr.write(`${unknown} is no scenario. Name them as R-04, or all.\n`);
  process.exit(1);
}
const node = (/** @type {string[]} */ ...words) =>
  spawnSync(process.execPath, words, { cwd: root, stdio: "inherit" }).status ?? 1;

if (isBuildStale() && node("bin/build.mjs") !== 0) process.exit(1);
const config = join(root, "e2e/reliability/playwright.config.ts");
const chosen = wanted.length > 0 ? ["-g", `^.*(${wanted.join("|")}) `] : [];
process.exit(node(join(root, "node_modules/@playwright/test/cli.js"), "test", "-c", config, ...chosen));

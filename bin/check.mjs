// `npm run check`: every check of the house, each to its end. `npm run check -- types format` runs those two.
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { generate } from "./generate.mjs";
import { isMain, root } from "./root.mjs";

const report = join(root, "test-results/vitest.json");
const module = (/** @type {string} */ path) => join(root, "node_modules", path);

/** @type {Record<string, string[]>} */
const checks = {
  types: [module("typescript/bin/tsc"), "--noEmit", "-p", "."],
  format: [module("@biomejs/biome/bin/biome"), "check", "--error-on-warnings", "--max-diagnostics=50"],
  floors: [
    module("dependency-cruiser/bin/dependency-cruise.mjs"),
    ...["--config", ".dependency-cruiser.mjs", "--output-type", "err"],
    ...["app", "components", "lib", "bench", "bin", "e2e", "vitest", "instrumentation.ts", "proxy.ts"].filter((path) =>
      existsSync(join(root, path)),
    ),
  ],
  names: ["check-house.mjs"],
  unused: [module("knip/bin/knip.js"), "--no-progress", "--no-config-hints"],
  settings: ["bin/settings-table.mjs", "--check"],
  tests: [module("vitest/vitest.mjs"), ...["run", "--reporter=dot", "--reporter=json", `--outputFile.json=${report}`]],
};

/** @typedef {{passed: number, failed: number, skipped: number}} Counts */

/** What vitest wrote; a file that could not even be loaded counts as one failure. @returns {Counts} */
function vitestCounts() {
  if (!existsSync(report)) return { passed: 0, failed: 1, skipped: 0 };
  const { numPassedTests, numFailedTests, numPendingTests, numTodoTests, testResults } = JSON.parse(
    readFileSync(report, "utf8"),
  );
  const broken = testResults.filter(
    (/** @type {{status: string, assertionResults: {status: string}[]}} */ { status, assertionResults }) =>
      status === "failed" && !assertionResults.some((result) => result.status === "failed"),
  );
  return { passed: numPassedTests, failed: numFailedTests + broken.length, skipped: numPendingTests + numTodoTests };
}

/**
 * Runs the named checks, or all.
 * @param {string[]} names
 * @returns {{failed: string[], tests: Counts}}
 */
export function runChecks(names = Object.keys(checks)) {
  const unknown = names.find((name) => !Object.hasOwn(checks, name));
  if (unknown) throw new Error(`"${unknown}" is no check; there are ${Object.keys(checks).join(", ")}.`);
  generate();
  mkdirSync(join(root, "test-results"), { recursive: true });
  rmSync(report, { force: true });
  const failed = names.filter((name) => !passes(name, checks[name] ?? []));
  return { failed, tests: names.includes("tests") ? vitestCounts() : { passed: 0, failed: 0, skipped: 0 } };
}

/** @param {string} name @param {string[]} words */
function passes(name, words) {
  const begun = Date.now();
  const isLong = name === "tests";
  const { status, stdout, stderr } = spawnSync(process.execPath, words, {
    cwd: root,
    stdio: isLong ? "inherit" : "pipe",
    encoding: "utf8",
    maxBuffer: 64 * 1024 * 1024,
    env: { ...process.env, CHECKPOINT_DISABLE: "1", NEXT_TELEMETRY_DISABLED: "1" },
  });
  const passed = status === 0;
  if (!isLong && (!passed || name === "names")) process.stdout.write(`${stdout}${stderr}`);
  process.stdout.write(`${passed ? "passed" : "FAILED"}  ${name}  ${((Date.now() - begun) / 1000).toFixed(1)} s\n`);
  return passed;
}

if (isMain(import.meta.url)) {
  const names = process.argv.slice(2);
  const { failed } = runChecks(names.length ? names : undefined);
  if (failed.length) process.stdout.write(`Failed: ${failed.join(", ")}.\n`);
  process.exit(failed.length ? 1 : 0);
}

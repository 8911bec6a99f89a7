// `npm test`: installs what the tests need, runs every check and test, and closes with one line of counts.
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { install } from "./install.mjs";
import { root } from "./root.mjs";

const report = join(root, "test-results/e2e.json");
const say = (/** @type {string} */ text) => process.stdout.write(`${text}\n`);

/** What Playwright wrote. @returns {import("./check.mjs").Counts} */
function playwrightCounts() {
  if (!existsSync(report)) return { passed: 0, failed: 1, skipped: 0 };
  const { stats, errors } = JSON.parse(readFileSync(report, "utf8"));
  return { passed: stats.expected, failed: stats.unexpected + stats.flaky + errors.length, skipped: stats.skipped };
}

/** @param {string[]} words @param {Record<string, string>} more */
const node = (words, more = {}) =>
  spawnSync(process.execPath, words, { cwd: root, stdio: "inherit", env: { ...process.env, ...more } }).status === 0;

/** @returns {import("./check.mjs").Counts} */
function runBrowserTests(/** @type {string} */ chromium) {
  rmSync(report, { force: true });
  const words = [join(root, "node_modules/@playwright/test/cli.js"), "test", "-c", "e2e/playwright.config.ts"];
  const passed = node(words, { E2E_BUILD: "1", CHROMIUM_PATH: chromium });
  const counts = playwrightCounts();
  // Playwright may fail outside of any test, for example in its tear-down.
  return passed || counts.failed ? counts : { ...counts, failed: 1 };
}

install(root);
install(join(root, "e2e/foreign-idps"));
const { findChromium } = await import("./chromium.mjs");
const { runChecks } = await import("./check.mjs");
const { isBuildStale } = await import("./build.mjs");
const chromium = findChromium();
const { failed, tests } = runChecks();
say("Building ...");
const built = !isBuildStale() || node(["bin/build.mjs"]);
if (!built) failed.push("build");
const browser = built ? runBrowserTests(chromium) : { passed: 0, failed: 1, skipped: 0 };
const skipped = tests.skipped + browser.skipped;
if (skipped) say(`${skipped} skipped: what they need is not on this machine.`);
if (failed.length) say(`Failed checks: ${failed.join(", ")}.`);
say(`${tests.passed + browser.passed} passed, ${tests.failed + browser.failed} failed`);
process.exit(failed.length || tests.failed || browser.failed ? 1 : 0);

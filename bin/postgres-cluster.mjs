// A PostgreSQL cluster on disk: made by initdb, served by a detached process, described by its postmaster.pid.
import { spawn, spawnSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import {
  chmodSync,
  chownSync,
  closeSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { createServer } from "node:net";
import { dirname, join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { makeOpenFolder, postgresAccount, postgresProgram } from "./postgres-program.mjs";

/** Nothing of the shell's reaches the server: PGDATA, PGPORT or a locale would change what it does. */
const environment = {
  NODE_ENV: /** @type {const} */ ("production"),
  PATH: process.env.PATH,
  SystemRoot: process.env.SystemRoot,
  LC_ALL: "C",
};

/** Makes the cluster and its password in a folder aside, then puts it in place whole. @param {string} folder */
export function makeCluster(folder) {
  makeOpenFolder(dirname(folder));
  const aside = mkdtempSync(`${folder}-new-`);
  chmodSync(aside, 0o755);
  const cluster = join(aside, "cluster");
  const passwordFile = join(aside, "password");
  const account = postgresAccount(cluster);
  const password = randomBytes(24).toString("base64url");
  mkdirSync(cluster, { mode: 0o700 });
  writeFileSync(passwordFile, password, { mode: 0o600 });
  if (account.uid !== undefined && account.gid !== undefined) {
    for (const path of [cluster, passwordFile]) chownSync(path, account.uid, account.gid);
  }
  const { status, stderr, error } = spawnSync(
    join(postgresProgram(), "bin/initdb"),
    [
      ...["-D", cluster, "--username=gatehouse", `--pwfile=${passwordFile}`, "--auth=scram-sha-256", "--encoding=UTF8"],
      // The same order of text on every system.
      ...["--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--no-instructions"],
    ],
    { ...account, cwd: aside, env: environment, encoding: "utf8" },
  );
  if (status !== 0) {
    rmSync(aside, { recursive: true, force: true });
    throw new Error(`The embedded PostgreSQL could not be set up in ${folder}: ${error?.message ?? stderr}`);
  }
  rmSync(passwordFile);
  writeFileSync(join(aside, "access.json"), JSON.stringify({ password }), { mode: 0o600 });
  try {
    renameSync(aside, folder);
  } catch (error) {
    // Another process was faster: its cluster is as good as ours.
    rmSync(aside, { recursive: true, force: true });
    if (existsSync(join(folder, "cluster/PG_VERSION"))) return;
    throw new Error(`${folder} holds something that is no database of Gatehouse. Move it away.`, { cause: error });
  }
}

/**
 * The server of a cluster, if one runs: PostgreSQL writes process, port and state into postmaster.pid and removes it
 * last of all.
 * @param {string} folder
 * @returns {{pid: number, port: number, ready: boolean} | undefined}
 */
export function runningServer(folder) {
  const file = join(folder, "cluster/postmaster.pid");
  let lines;
  try {
    lines = readFileSync(file, "utf8").split("\n");
  } catch {
    return undefined;
  }
  const pid = Number(lines[0]);
  return isPostgres(pid) ? { pid, port: Number(lines[3]), ready: lines[7]?.trim() === "ready" } : undefined;
}

/** Whether a live process of this id is a PostgreSQL: after a reboot the number may belong to another. @param {number} pid */
function isPostgres(pid) {
  if (!Number.isInteger(pid) || pid <= 1) return false;
  try {
    process.kill(pid, 0);
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code !== "EPERM") return false;
  }
  if (existsSync("/proc/self/stat")) {
    try {
      return /^\d+ \(postgres\) [^ZX]/.test(readFileSync(`/proc/${pid}/stat`, "utf8"));
    } catch {
      return false;
    }
  }
  if (process.platform === "win32") return true;
  return spawnSync("ps", ["-o", "comm=", "-p", String(pid)], { encoding: "utf8" })
    .stdout.trim()
    .endsWith("postgres");
}

/**
 * Starts the server, detached so that Ctrl-C does not reach it, and waits until it can serve.
 * @param {string} folder @param {Record<string, string>} flags
 * @returns {Promise<boolean>} false: another process started one at the same moment
 */
export async function launchServer(folder, flags) {
  const cluster = join(folder, "cluster");
  const account = postgresAccount(cluster);
  const logFile = join(folder, "server.log");
  const lastPid = join(cluster, "postmaster.pid");
  // PostgreSQL refuses while the process named there lives, whatever it is, but passes over its own parent.
  if (existsSync(lastPid)) writeFileSync(lastPid, readFileSync(lastPid, "utf8").replace(/^\d+/, String(process.pid)));
  const settings = {
    listen_addresses: "127.0.0.1",
    port: String(await choosePort(folder)),
    unix_socket_directories: "",
    timezone: "UTC",
    // Failing statements carry people's data; the product logs what it needs itself.
    log_min_messages: "log",
    ...flags,
  };
  const log = openSync(logFile, "w", 0o600);
  const server = spawn(
    join(postgresProgram(), "bin/postgres"),
    ["-D", cluster, ...Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`])],
    { ...account, cwd: folder, env: environment, detached: true, windowsHide: true, stdio: ["ignore", log, log] },
  );
  closeSync(log);
  /** @type {string | undefined} */
  let ended;
  server.on("error", (error) => {
    ended = error.message;
  });
  server.on("exit", (code, signal) => {
    ended = `It ended with ${signal ?? code}.`;
  });
  server.unref();
  while (ended === undefined && !(runningServer(folder)?.pid === server.pid && runningServer(folder)?.ready))
    await pause(20);
  if (ended === undefined) return true;
  if (runningServer(folder)) return false;
  throw new Error(`The embedded PostgreSQL did not start. ${ended}\n${serverLog(folder)}`);
}

/** The last lines that the server wrote. @param {string} folder */
export function serverLog(folder) {
  const file = join(folder, "server.log");
  return existsSync(file) ? readFileSync(file, "utf8").split("\n").slice(-12).join("\n") : "";
}

/** The port of the last start if it is free, so that an operator's psql finds it again. @param {string} folder */
async function choosePort(folder) {
  const file = join(folder, "access.json");
  const access = JSON.parse(readFileSync(file, "utf8"));
  const port = (access.port && (await freePort(access.port))) || (await freePort(0));
  if (port !== access.port && statSync(file).uid === (process.getuid?.() ?? statSync(file).uid)) {
    writeFileSync(file, JSON.stringify({ ...access, port }));
  }
  return port;
}

/** @param {number} wanted @returns {Promise<number | undefined>} */
function freePort(wanted) {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once("error", () => resolve(undefined));
    probe.listen(wanted, "127.0.0.1", () => {
      const { port } = /** @type {import("node:net").AddressInfo} */ (probe.address());
      probe.close(() => resolve(port));
    });
  });
}

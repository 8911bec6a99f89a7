// Serving: environment, database, migrations, then Next; and the way back down.
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";

import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { notice, prepareEnvironment } from "./environment.mjs";
import { generate } from "./generate.mjs";
import { migrate } from "./migrate.mjs";
import { root } from "./root.mjs";

const drainLimit = 25_000;

/** What instrumentation.ts leaves for whoever ends the process: it lets running requests and jobs finish. */
const drain = () => /** @type {{gatehouseDrain?: () => Promise<void>}} */ (globalThis).gatehouseDrain?.();

async function prepare() {
  const { databaseUrl, stop } = await prepareEnvironment();
  try {
    for (const name of await migrate(databaseUrl)) notice(`Applied ${name}.`);
    return stop;
  } catch (error) {
    await stop();
    throw error;
  }
}

/**
 * @typedef {{onReady?: () => Promise<() => Promise<void>>}} ServeOptions
 * `onReady` runs once the product answers; what it returns runs before the product stops.
 */

/** @param {ServeOptions} options */
function whenReady({ onReady = async () => async () => {} }) {
  const { HOSTNAME, PORT } = process.env;
  const host = HOSTNAME === "0.0.0.0" ? "127.0.0.1" : HOSTNAME?.includes(":") ? `[${HOSTNAME}]` : HOSTNAME;
  let stopped = false;
  const undo = (async () => {
    while (!stopped) {
      const answer = await fetch(`http://${host}:${PORT}/api/health/live`).catch(() => undefined);
      if (answer?.ok) return onReady();
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  })();
  undo.catch((error) => notice(error.message));
  return async () => {
    stopped = true;
    await (await undo.catch(() => undefined))?.();
  };
}

/**
 * Runs the production server in this process; ends the process after SIGINT or SIGTERM: first what `onReady` began,
 * then the server, then the database. A second signal ends it at once.
 * @param {ServeOptions} options
 * @returns {Promise<never>}
 */
export async function start(options = {}) {
  const server = [join(root, "server.js"), join(root, ".next/standalone/server.js")].find((path) => existsSync(path));
  if (!server) throw new Error("There is no production build. Run npm run build first.");
  const stopDatabase = await prepare();
  const stopExtras = whenReady(options);
  let stopping = false;
  const end = async () => {
    if (stopping) process.exit(1);
    stopping = true;
    await stopExtras();
    await Promise.race([drain(), new Promise((resolve) => setTimeout(resolve, drainLimit))]);
    await stopDatabase();
    process.exit(0);
  };
  process.on("SIGINT", end);
  process.on("SIGTERM", end);
  await import(pathToFileURL(server).href);
  return new Promise(() => {});
}

/**
 * Runs Next's development server as a child and answers its exit code.
 * @param {ServeOptions} options
 */
export async function dev(options = {}) {
  generate();
  const stopDatabase = await prepare();
  const { HOSTNAME = "127.0.0.1", PORT = "3000" } = process.env;
  const next = join(root, "node_modules/next/dist/bin/next");
  const env = { ...process.env, NODE_ENV: /** @type {const} */ ("development"), NEXT_MANUAL_SIG_HANDLE: undefined };
  const child = spawn(process.execPath, [next, "dev", "-H", HOSTNAME, "-p", PORT], {
    cwd: root,
    stdio: "inherit",
    env,
  });
  const stopExtras = whenReady(options);
  // Ctrl-C reaches the child by itself; the database is stopped after it.
  process.on("SIGINT", () => undefined);
  process.on("SIGTERM", () => child.kill("SIGTERM"));
  const code = await new Promise((resolve) => child.once("exit", (code) => resolve(code ?? 0)));
  await stopExtras();
  await stopDatabase();
  return code;
}

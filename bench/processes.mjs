// What the bench measures: the product, the yardsticks and the peer, each a process of its own on one PostgreSQL.
import { spawn, spawnSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { chmodSync, cpSync, existsSync, mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import pg from "pg";
import { isBuildStale } from "../bin/build.mjs";
import { startDatabase } from "../bin/database.mjs";
import { install } from "../bin/install.mjs";
import { root } from "../bin/root.mjs";
import { freePort } from "../e2e/free-port.mjs";

/** @typedef {{ url: string, pid: number, stop: () => Promise<void> }} Running */

const startLimit = 60_000;
const yardstickFolder = join(root, "bench/yardstick");
const yardstickServer = join(yardstickFolder, ".next/standalone/bench/yardstick/server.js");

/** Builds the product and the yardsticks where what lies there is older than its sources. */
export function buildWhatIsMeasured() {
  const node = (/** @type {string[]} */ words, /** @type {string} */ cwd) => {
    const env = { ...process.env, NEXT_TELEMETRY_DISABLED: "1" };
    const { status, stdout } = spawnSync(process.execPath, words, { cwd, env, encoding: "utf8" });
    if (status !== 0) throw new Error(`${words.join(" ")} failed:\n${stdout}`);
  };
  if (isBuildStale()) node([join(root, "bin/build.mjs")], root);
  const sources = [
    "next.config.mjs",
    "pool.ts",
    "app/h/route.ts",
    "app/r/route.ts",
    "app/w/route.ts",
    "app/p/page.tsx",
  ];
  const newest = Math.max(...sources.map((file) => statSync(join(yardstickFolder, file)).mtimeMs));
  if (existsSync(yardstickServer) && statSync(yardstickServer).mtimeMs > newest) return;
  node([join(root, "node_modules/next/dist/bin/next"), "build"], yardstickFolder);
  cpSync(join(yardstickFolder, ".next/static"), join(yardstickServer, "../.next/static"), { recursive: true });
}

/** An empty PostgreSQL with the durability of its defaults, and a database for each process. */
export async function startPostgres() {
  const folder = mkdtempSync(join(tmpdir(), "gatehouse-bench-"));
  // As root, PostgreSQL runs as another account, which must be able to enter.
  chmodSync(folder, 0o755);
  const cluster = await startDatabase({ dataFolder: folder, flags: { shared_buffers: "512MB" } });
  const client = new pg.Client({ connectionString: cluster.url });
  await client.connect();
  for (const setting of ["fsync", "synchronous_commit", "full_page_writes"]) {
    const { rows } = await client.query(`SHOW ${setting}`);
    if (rows[0][setting] !== "on") throw new Error(`${setting} is off: the figures would be worth nothing.`);
  }
  const urlOf = async (/** @type {string} */ name) => {
    await client.query(`CREATE DATABASE ${name}`);
    const url = new URL(cluster.url);
    url.pathname = `/${name}`;
    return url.href;
  };
  const urls = { product: await urlOf("product"), yardstick: await urlOf("yardstick"), peer: await urlOf("peer") };
  await client.end();
  const stop = async () => {
    await cluster.stop();
    rmSync(folder, { recursive: true, force: true });
    if (!cluster.folder.startsWith(folder)) rmSync(cluster.folder, { recursive: true, force: true });
  };
  return { urls, stop };
}

/** @param {string} databaseUrl @param {{ secrets: Record<string, string>, port: number }} [earlier] start on the same database */
export async function startProduct(databaseUrl, earlier) {
  const { secrets, port } = earlier ?? { secrets: newSecrets(), port: await freePort() };
  const url = `http://localhost:${port}`;
  const env = {
    ...plainEnvironment(),
    ...secrets,
    PORT: String(port),
    APP_URL: url,
    DATABASE_URL: databaseUrl,
    DNS_SERVERS: "127.0.0.1:9",
    SCIM_RATE: "0",
  };
  const startedAt = performance.now();
  const running = run(startWords(), env, url);
  await answering(running, `${url}/api/health/ready`);
  return { ...running, url, env, secrets, port, readyMs: performance.now() - startedAt };
}

/** What `npm start` runs node with: its limit of memory is part of what is measured. */
function startWords() {
  const { scripts } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  const [program, ...words] = String(scripts.start).split(" ");
  if (program !== "node") throw new Error(`npm start runs "${scripts.start}"; the bench knows how to start node only.`);
  return words;
}

const newSecrets = () => ({
  NEXTAUTH_SECRET: randomBytes(32).toString("base64"),
  ENCRYPTION_KEY: `k1:${randomBytes(32).toString("base64")}`,
});

/** @param {string} databaseUrl @returns {Promise<Running>} */
export async function startYardstick(databaseUrl) {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  await client.query("CREATE TABLE item (id int PRIMARY KEY, value int NOT NULL)");
  await client.query("INSERT INTO item SELECT i, 0 FROM generate_series(0, 999) i");
  await client.query("ANALYZE item");
  await client.end();
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const env = { ...plainEnvironment(), PORT: String(port), HOSTNAME: "127.0.0.1", DATABASE_URL: databaseUrl };
  const running = run([yardstickServer], env, url);
  await answering(running, `${url}/h`);
  return running;
}

/** Jackson's directory sync. @param {string} databaseUrl @returns {Promise<Running & {token: string}>} */
export async function startPeer(databaseUrl) {
  const folder = join(root, "bench/peers");
  install(folder);
  const running = run([join(folder, "directory-sync.mjs")], { ...plainEnvironment(), DATABASE_URL: databaseUrl }, "");
  const deadline = Date.now() + startLimit;
  while (Date.now() < deadline && !running.isOver()) {
    const line = running
      .output()
      .split("\n")
      .find((text) => text.startsWith('{"port"'));
    if (line) {
      const { port, token } = JSON.parse(line);
      return { ...running, url: `http://127.0.0.1:${port}`, token };
    }
    await pause(50);
  }
  await running.stop();
  throw new Error(`The peer did not start.\n${running.output()}`);
}

const plainEnvironment = () => ({
  PATH: process.env.PATH ?? "",
  HOME: process.env.HOME ?? "",
  NODE_ENV: "production",
  NEXT_TELEMETRY_DISABLED: "1",
  DO_NOT_TRACK: "1",
});

/** @param {string[]} words @param {Record<string, string>} env @param {string} url */
function run(words, env, url) {
  const child = spawn(process.execPath, words, {
    cwd: root,
    env: /** @type {NodeJS.ProcessEnv} */ (env),
    stdio: ["ignore", "pipe", "pipe"],
  });
  /** @type {string[]} */
  const lines = [];
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => lines.push(String(chunk)));
  const isOver = () => child.exitCode !== null || child.signalCode !== null;
  const stop = async () => {
    if (isOver()) return;
    const ended = once(child, "exit");
    child.kill("SIGTERM");
    const late = pause(15_000, "late", { ref: false });
    if ((await Promise.race([ended, late])) === "late") child.kill("SIGKILL");
    await ended;
  };
  return { url, pid: Number(child.pid), isOver, output: () => lines.join(""), stop };
}

/** @param {ReturnType<typeof run>} running @param {string} url */
async function answering(running, url) {
  const deadline = Date.now() + startLimit;
  while (Date.now() < deadline && !running.isOver()) {
    const answer = await fetch(url).catch(() => null);
    if (answer?.ok) return;
    await pause(10);
  }
  await running.stop();
  throw new Error(`${url} did not answer.\n${running.output()}`);
}

/** CPU milliseconds that a process used so far, user and system. @param {number} pid */
export function cpuMs(pid) {
  const fields = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ")[1]?.split(" ") ?? [];
  // Fields 14 and 15 of proc(5), in ticks of 10 ms.
  return (Number(fields[11]) + Number(fields[12])) * 10;
}

/** Resident memory in MB. @param {number} pid */
export const residentMb = (pid) =>
  Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1]) / 1024;

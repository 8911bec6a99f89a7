import { type ChildProcess, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import pg from "pg";
import { startDatabase } from "../bin/database.mjs";
import { type ApplyDocument, runApply } from "./apply";
import { freePort } from "./free-port.mjs";

export const root = fileURLToPath(new URL("..", import.meta.url));
const startLimit = 90_000;

export type ProductOptions = {
  dnsServers?: string;
  smtpUrl?: string;
  allowHosts?: string[];
  env?: Record<string, string>;
};
export type Product = Awaited<ReturnType<typeof startProduct>>;

/**
 * The product under test: the production build, started as an operator starts it, on a free port and on a database of
 * its own that is dropped at the end. Its output is kept and told when something fails.
 */
export async function startProduct(options: ProductOptions = {}) {
  if (!existsSync(`${root}.next/standalone`)) throw new Error("There is no production build: npm run build first.");
  const database = await freshDatabase();
  const port = await freePort();
  const url = `http://localhost:${port}`;
  const env: Record<string, string> = {
    PATH: process.env.PATH ?? "",
    HOME: process.env.HOME ?? "",
    NODE_ENV: "production",
    PORT: String(port),
    APP_URL: url,
    DATABASE_URL: database.url,
    NEXTAUTH_SECRET: randomBytes(32).toString("base64"),
    ENCRYPTION_KEY: `k1:${randomBytes(32).toString("base64")}`,
    DNS_SERVERS: options.dnsServers ?? "127.0.0.1:9",
    OUTBOUND_ALLOW_HOSTS: (options.allowHosts ?? []).join(","),
    SMTP_URL: options.smtpUrl ?? "",
    MAIL_FROM: "Gatehouse <gatehouse@gatehouse.example>",
    ...options.env,
  };
  const child = spawn(process.execPath, ["bin/gatehouse.mjs", "start"], {
    cwd: root,
    env: env as NodeJS.ProcessEnv,
    stdio: ["ignore", "pipe", "pipe"],
  });
  const output: string[] = [];
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => output.push(String(chunk)));
  const log = () => output.join("");
  const stop = async () => {
    await end(child);
    await database.drop();
  };
  try {
    await ready(child, url);
  } catch (error) {
    await stop();
    throw new Error(`${(error as Error).message}\n${log()}`);
  }
  return {
    url,
    port,
    pid: child.pid,
    env,
    databaseUrl: database.url,
    log,
    stop,
    apply: (file: ApplyDocument) => runApply(env, file),
  };
}

async function ready(child: ChildProcess, url: string) {
  const deadline = Date.now() + startLimit;
  while (Date.now() < deadline) {
    if (child.exitCode !== null || child.signalCode !== null)
      throw new Error(`The product ended with ${child.exitCode}.`);
    const answer = await fetch(`${url}/api/health/ready`).catch(() => null);
    if (answer?.status === 200) return;
    await pause(100);
  }
  throw new Error(`The product was not ready after ${startLimit / 1000} s.`);
}

async function end(child: ChildProcess) {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((resolve) => child.once("exit", resolve));
  child.kill("SIGTERM");
  const late = pause(15_000, "late", { ref: false });
  if ((await Promise.race([ended, late])) === "late") {
    child.kill("SIGKILL");
    await ended;
  }
}

async function freshDatabase() {
  const cluster = await startDatabase({ dataFolder: `${root}.data/e2e` });
  const name = `e2e_${randomBytes(6).toString("hex")}`;
  const asServer = async (statement: string) => {
    const client = new pg.Client({ connectionString: cluster.url });
    await client.connect();
    await client.query(statement);
    await client.end();
  };
  await asServer(`CREATE DATABASE ${name}`);
  const url = new URL(cluster.url);
  url.pathname = `/${name}`;
  const drop = async () => {
    await asServer(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
    await cluster.stop();
  };
  return { url: url.href, drop };
}

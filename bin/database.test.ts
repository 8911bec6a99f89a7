import { type ChildProcess, spawn } from "node:child_process";
import { chmodSync, chownSync, existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startDatabase } from "bin/database.mjs";
import { runningServer } from "bin/postgres-cluster.mjs";
import { postgresFolder } from "bin/postgres-program.mjs";
import pg from "pg";
import { afterEach, expect, test } from "vitest";

const isRoot = process.getuid?.() === 0;
const flags = { fsync: "off" };
const folders: string[] = [];

function makeFolder(mode = 0o755) {
  const folder = mkdtempSync(join(tmpdir(), "gatehouse-database-"));
  chmodSync(folder, mode);
  folders.push(folder);
  return folder;
}

afterEach(() => {
  for (const folder of folders.splice(0)) {
    rmSync(postgresFolder(folder), { recursive: true, force: true });
    rmSync(folder, { recursive: true, force: true });
  }
});

async function ask(url: string, sql: string) {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}

/** Another process that starts the database of a folder, says its address and stays. */
async function startElsewhere(dataFolder: string): Promise<{ child: ChildProcess; url: string }> {
  const module = JSON.stringify(join(import.meta.dirname, "database.mjs"));
  const script = `
    const { startDatabase } = await import(${module});
    const database = await startDatabase(${JSON.stringify({ dataFolder, flags })});
    process.on("SIGTERM", () => database.stop().then(() => process.exit()));
    console.log(database.url);`;
  const child = spawn(process.execPath, ["--input-type=module", "-e", script], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const url = await new Promise<string>((resolve, reject) => {
    child.stdout.once("data", (text) => resolve(String(text).trim()));
    child.once("exit", () => reject(new Error("the other process ended before its database answered")));
  });
  return { child, url };
}

const ended = (child: ChildProcess) => new Promise((resolve) => child.once("exit", resolve));

test("what was written is there after a stop and a start, behind a password that only its owner can read", async () => {
  const dataFolder = makeFolder();
  const first = await startDatabase({ dataFolder, flags });
  expect(first.startedHere).toBe(true);
  await ask(first.url, "CREATE TABLE kept AS SELECT 7 AS n");
  expect(await first.stop()).toBe(true);
  expect(runningServer(first.folder)).toBeUndefined();

  const second = await startDatabase({ dataFolder, flags });
  expect(second.url).toBe(first.url);
  expect(await ask(second.url, "SELECT n FROM kept")).toEqual([{ n: 7 }]);
  expect(statSync(join(second.folder, "access.json")).mode & 0o777).toBe(0o600);
  await expect(ask(second.url.replace(/:[^:@]+@/, ":wrong@"), "SELECT 1")).rejects.toThrow(/password/);
  await second.stop();
});

test("a server in use by another process is joined, and stays up when we leave", async () => {
  const dataFolder = makeFolder();
  const other = await startElsewhere(dataFolder);
  const ours = await startDatabase({ dataFolder, flags });
  expect(ours).toMatchObject({ url: other.url, startedHere: false });
  expect(await ours.stop()).toBe(false);
  expect(await ask(other.url, "SELECT 1 AS n")).toEqual([{ n: 1 }]);
  const end = ended(other.child);
  other.child.kill("SIGTERM");
  await end;
  expect(runningServer(ours.folder)).toBeUndefined();
});

test("a server that we started stays up for a process that joined it", async () => {
  const dataFolder = makeFolder();
  const ours = await startDatabase({ dataFolder, flags });
  const other = await startElsewhere(dataFolder);
  expect(await ours.stop()).toBe(false);
  expect(await ask(other.url, "SELECT 1 AS n")).toEqual([{ n: 1 }]);
  const end = ended(other.child);
  other.child.kill("SIGTERM");
  await end;
  expect(runningServer(ours.folder)).toBeUndefined();
});

test("the server of a process killed with -9 is used again, and stopped by whoever used it last", async () => {
  const dataFolder = makeFolder();
  const other = await startElsewhere(dataFolder);
  await ask(other.url, "CREATE TABLE kept AS SELECT 7 AS n");
  const end = ended(other.child);
  other.child.kill("SIGKILL");
  await end;
  const ours = await startDatabase({ dataFolder, flags });
  expect(ours).toMatchObject({ url: other.url, startedHere: false });
  expect(await ask(ours.url, "SELECT n FROM kept")).toEqual([{ n: 7 }]);
  expect(await ours.stop()).toBe(true);
  expect(runningServer(ours.folder)).toBeUndefined();
});

test("three first starts at once make one cluster and one server", async () => {
  const dataFolder = makeFolder();
  const [ours, ...others] = await Promise.all([
    startDatabase({ dataFolder, flags }),
    startElsewhere(dataFolder),
    startElsewhere(dataFolder),
  ]);
  expect(new Set([ours.url, ...others.map(({ url }) => url)]).size).toBe(1);
  for (const { child } of others) {
    const end = ended(child);
    child.kill("SIGTERM");
    await end;
  }
  expect(await ours.stop()).toBe(true);
});

test("a lock file whose process number now belongs to another program does not stop a start", async () => {
  const dataFolder = makeFolder();
  const first = await startDatabase({ dataFolder, flags });
  const file = join(first.folder, "cluster/postmaster.pid");
  const lock = readFileSync(file, "utf8");
  await first.stop();
  writeFileSync(file, lock.replace(/^\d+/, String(process.ppid)));
  const { uid, gid } = statSync(join(first.folder, "cluster"));
  chownSync(file, uid, gid);
  const second = await startDatabase({ dataFolder, flags });
  expect(second.startedHere).toBe(true);
  await second.stop();
});

test("a port that another program has taken meanwhile is left to it", async () => {
  const dataFolder = makeFolder();
  const first = await startDatabase({ dataFolder, flags });
  await first.stop();
  const squatter = createServer();
  await new Promise<void>((resolve) => squatter.listen(Number(new URL(first.url).port), "127.0.0.1", resolve));
  const second = await startDatabase({ dataFolder, flags });
  expect(new URL(second.url).port).not.toBe(new URL(first.url).port);
  await second.stop();
  squatter.close();
});

test("a cluster that cannot start is reported with PostgreSQL's own words", async () => {
  const dataFolder = makeFolder();
  const first = await startDatabase({ dataFolder, flags });
  await first.stop();
  rmSync(join(first.folder, "cluster/global/pg_control"));
  await expect(startDatabase({ dataFolder, flags })).rejects.toThrow(/could not find the database system[\s\S]*global/);
});

test.runIf(isRoot)("as root, data in a folder closed to others lies in /var/lib/gatehouse", async () => {
  const dataFolder = makeFolder(0o700);
  const database = await startDatabase({ dataFolder, flags });
  expect(database.folder).toMatch(/^\/var\/lib\/gatehouse\/[0-9a-f]{12}\/postgres$/);
  expect(existsSync(join(dataFolder, "postgres"))).toBe(false);
  expect(await ask(database.url, "SELECT 1 AS n")).toEqual([{ n: 1 }]);
  await database.stop();
  rmSync(join(database.folder, ".."), { recursive: true });
});

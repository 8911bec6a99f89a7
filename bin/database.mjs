// The embedded PostgreSQL of a clone without DATABASE_URL. The server is a process of its own that survives a killed
// Node; everyone who uses it holds a shared advisory lock on it, and whoever leaves last stops it.
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import pg from "pg";
import { launchServer, makeCluster, runningServer, serverLog } from "./postgres-cluster.mjs";
import { postgresAccount, postgresFolder } from "./postgres-program.mjs";

const leaseKey = 736_281_001;
const startLimit = 60_000;
const stopLimit = 60_000;

/**
 * `stop` gives up this process's use and answers whether the server is down: it stays up while others use it.
 * @typedef {{url: string, folder: string, startedHere: boolean, stop: () => Promise<boolean>}} Database
 * @typedef {{pid: number, port: number, client: pg.Client}} Lease
 */

/**
 * Starts the embedded PostgreSQL of `dataFolder`, or joins the one that runs there already (a killed process leaves
 * its server running). `flags` are server settings, used only by a start.
 * @param {{dataFolder: string, flags?: Record<string, string>}} options
 * @returns {Promise<Database>}
 */
export async function startDatabase({ dataFolder, flags = {} }) {
  const folder = postgresFolder(dataFolder);
  // Another account's cluster looks like none; this says whose it is.
  postgresAccount(join(folder, "cluster"));
  if (!existsSync(join(folder, "cluster/PG_VERSION"))) makeCluster(folder);
  const { password } = JSON.parse(readFileSync(join(folder, "access.json"), "utf8"));
  const urlOf = (/** @type {number} */ port, /** @type {string} */ database) =>
    `postgresql://gatehouse:${password}@127.0.0.1:${port}/${database}`;
  const deadline = Date.now() + startLimit;
  let startedHere = false;
  for (;;) {
    const server = runningServer(folder);
    if (!server) startedHere = await launchServer(folder, flags);
    else {
      const lease = server.ready ? await takeLease(server, urlOf(server.port, "postgres")) : undefined;
      if (lease)
        return { url: urlOf(lease.port, "gatehouse"), folder, startedHere, stop: stopper(folder, lease, startedHere) };
      await pause(30);
    }
    if (Date.now() > deadline) {
      throw new Error(`The embedded PostgreSQL did not answer within ${startLimit / 1000} s.\n${serverLog(folder)}`);
    }
  }
}

/**
 * Connects, takes the shared lock and makes the database where it is missing; nothing while the server cannot serve.
 * @param {{pid: number, port: number}} server @param {string} url
 * @returns {Promise<Lease | undefined>}
 */
async function takeLease(server, url) {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000, keepAlive: true });
  client.on("error", () => undefined);
  try {
    await client.connect();
    // Waits while somebody who is leaving holds the lock alone; the server then ends this connection.
    await client.query("SELECT pg_advisory_lock_shared($1)", [leaseKey]);
    const { rowCount } = await client.query("SELECT 1 FROM pg_database WHERE datname = 'gatehouse'");
    if (!rowCount) await client.query("CREATE DATABASE gatehouse");
    return { ...server, client };
  } catch {
    await client.end().catch(() => undefined);
    return undefined;
  }
}

/** @param {string} folder @param {Lease} lease @param {boolean} startedHere */
function stopper(folder, { pid, client }, startedHere) {
  /** @type {Promise<boolean> | undefined} */
  let stopping;
  const stop = async () => {
    try {
      await client.query("SELECT pg_advisory_unlock_shared($1)", [leaseKey]);
      const { rows } = await client.query("SELECT pg_try_advisory_lock($1) AS alone", [leaseKey]);
      if (!rows[0].alone) return false;
      // Fast shutdown, with the lock still held: whoever comes now waits for the end and starts anew.
      process.kill(pid, "SIGINT");
      const deadline = Date.now() + stopLimit;
      while (runningServer(folder)?.pid === pid) {
        if (Date.now() > deadline)
          throw new Error(`PostgreSQL (process ${pid}) did not stop within ${stopLimit / 1000} s.`);
        await pause(20);
      }
      return true;
    } catch (error) {
      if (runningServer(folder)?.pid === pid) throw error;
      return true;
    } finally {
      process.off("exit", lastResort);
      await client.end().catch(() => undefined);
    }
  };
  const lastResort = () => {
    if (runningServer(folder)?.pid === pid) process.kill(pid, "SIGINT");
  };
  if (startedHere) process.on("exit", lastResort);
  return () => {
    stopping ??= stop();
    return stopping;
  };
}

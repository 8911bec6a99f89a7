import "server-only";
import { env } from "lib/base/env";
import { log } from "lib/base/log";
import { flushExchanges } from "lib/provisioning/exchange-buffer";
import { announceSetUp } from "./announce-set-up";
import { stampRequests, type Traffic } from "./stamp-requests";
import { startWorker } from "./start-worker";

type Process = { gatehouseTraffic?: Traffic; gatehouseDrain?: () => Promise<void> };
const global = globalThis as Process;

/** True from the signal on: the process still answers, but asks for no new requests. */
export const isDraining = (): boolean => global.gatehouseTraffic?.isEnding === true;

/** True once a request came through a proxy that no setting names: Overview warns of it. */
export const hasUnnamedProxy = (): boolean => global.gatehouseTraffic?.sawForwarded === true;

/** For balancers to notice that this process is leaving. */
const noticeMs = 5_000;

/**
 * Called once when the server starts. Ends the process with one line where a setting is wrong; keeps it alive whatever
 * escapes a request; starts the job runner; leaves the drain for whoever stops the process (bin/serve.mjs).
 */
export function startProcess(): void {
  if (global.gatehouseTraffic) return;
  try {
    env();
  } catch (error) {
    process.stderr.write(`${(error as Error).message}\n`);
    process.exit(1);
  }
  const traffic: Traffic = { servers: new Set(), isEnding: false, sawForwarded: false };
  global.gatehouseTraffic = traffic;
  keepAlive();
  stampRequests(traffic);
  const worker = startWorker();
  global.gatehouseDrain = () => drain(traffic, worker.stop);
  void announceSetUp();
}

/** Jackson calls back twice on some bad input; one such request must not end everybody's (sign-in.md section 11). */
function keepAlive(): void {
  process.on("unhandledRejection", (reason) => {
    log().error({ error: reason instanceof Error ? reason.stack : String(reason) }, "unhandled rejection");
  });
  process.on("uncaughtException", (error) => {
    log().error({ error: error.stack }, "uncaught exception");
  });
}

/** Says so, waits for balancers where there can be any, closes the listeners, lets running requests and jobs end. */
async function drain(traffic: Traffic, stopWorker: () => Promise<void>): Promise<void> {
  traffic.isEnding = true;
  const isLocal = ["localhost", "127.0.0.1", "[::1]"].includes(env().APP_URL.hostname);
  if (!isLocal) await new Promise((resolve) => setTimeout(resolve, noticeMs));
  const closed = [...traffic.servers].map(
    (server) =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeIdleConnections();
      }),
  );
  await Promise.all([...closed, stopWorker()]);
  await flushExchanges();
}

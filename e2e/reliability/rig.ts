import { type ChildProcess, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { startDatabase } from "../../bin/database.mjs";
import { launchServer, runningServer } from "../../bin/postgres-cluster.mjs";
import { runApply } from "../apply";
import { openDatabase } from "../database";
import { createIdp } from "../fake-okta/saml.mjs";
import { freePort } from "../free-port.mjs";
import { root } from "../server";
import { startProxy } from "./proxy";

export type Rig = Awaited<ReturnType<typeof startRig>>;
type Replica = { url: string; port: number; child: ChildProcess; log: string[] };

const startLimit = 60_000;

/**
 * Two replicas of the production build behind a proxy, on a PostgreSQL of their own in a new folder; one organization
 * with an owner and a SCIM token, and SCIM rate limits off. Everything ends with `stop`, by process id.
 */
export async function startRig() {
  if (!existsSync(`${root}.next/standalone`)) throw new Error("There is no production build: npm run build first.");
  const folder = mkdtempSync(join(tmpdir(), "gatehouse-reliability-"));
  // As root, PostgreSQL runs as another account, which must be able to enter.
  chmodSync(folder, 0o755);
  const cluster = await startDatabase({ dataFolder: folder });
  const ports = [await freePort(), await freePort()] as const;
  const proxy = await startProxy([...ports]);
  const url = `http://localhost:${proxy.port}`;
  const env: Record<string, string> = {
    PATH: process.env.PATH ?? "",
    HOME: process.env.HOME ?? "",
    NODE_ENV: "production",
    APP_URL: url,
    DATABASE_URL: cluster.url,
    NEXTAUTH_SECRET: randomBytes(32).toString("base64"),
    ENCRYPTION_KEY: `k1:${randomBytes(32).toString("base64")}`,
    DNS_SERVERS: "127.0.0.1:9",
    SCIM_RATE: "0",
  };
  const replicas: [Replica, Replica] = [startReplica(env, ports[0]), startReplica(env, ports[1])];
  const database = openDatabase(cluster.url);
  const output = () => replicas.flatMap(({ log }) => log).join("");
  const stop = async () => {
    await Promise.all(replicas.map(({ child }) => end(child)));
    await proxy.stop();
    await database.close().catch(() => undefined);
    mkdirSync(`${root}test-results/reliability`, { recursive: true });
    writeFileSync(`${root}test-results/reliability/replicas.log`, output());
    await cluster.stop();
    await stopServer(cluster.folder);
    rmSync(folder, { recursive: true, force: true });
    if (!cluster.folder.startsWith(folder)) rmSync(cluster.folder, { recursive: true, force: true });
  };
  try {
    // One after another: the first applies the migrations.
    for (const replica of replicas) await ready(replica);
    const organization = await makeOrganization(env);
    return {
      url,
      scimUrl: `${url}/api/scim/v2`,
      ...organization,
      proxy,
      replicas,
      database,
      stop,
      /** kill -9 of a replica, and a new one on its port. Answers when the new one is ready. */
      replaceReplica: async (index: number) => {
        const old = replicas[index] as Replica;
        old.child.kill("SIGKILL");
        if (old.child.signalCode === null && old.child.exitCode === null) await once(old.child, "exit");
        const fresh = startReplica(env, old.port);
        replicas[index] = fresh;
        await ready(fresh);
      },
      /** Ends PostgreSQL without a farewell: "immediate" as an operator would, or kill -9 of its first process. */
      breakDatabase: async (how: "immediate" | "kill -9") => {
        const server = runningServer(cluster.folder);
        if (!server) throw new Error("PostgreSQL does not run.");
        process.kill(server.pid, how === "immediate" ? "SIGQUIT" : "SIGKILL");
        while (runningServer(cluster.folder)?.pid === server.pid) await pause(20);
      },
      startDatabaseAgain: async () => {
        const deadline = Date.now() + startLimit;
        // What a killed server leaves in memory goes with its last child; until then PostgreSQL refuses to start.
        for (;;) {
          try {
            await launchServer(cluster.folder, {});
            return;
          } catch (error) {
            if (Date.now() > deadline) throw error;
            await pause(100);
          }
        }
      },
    };
  } catch (error) {
    await stop();
    throw new Error(`${(error as Error).message}\n${output()}`);
  }
}

function startReplica(env: Record<string, string>, port: number): Replica {
  const own: Record<string, string> = { ...env, PORT: String(port) };
  const child = spawn(process.execPath, ["bin/gatehouse.mjs", "start"], {
    cwd: root,
    env: own as NodeJS.ProcessEnv,
    stdio: ["ignore", "pipe", "pipe"],
  });
  const log: string[] = [];
  for (const stream of [child.stdout, child.stderr]) stream?.on("data", (chunk) => log.push(String(chunk)));
  return { url: `http://127.0.0.1:${port}`, port, child, log };
}

async function ready({ url, child }: Replica) {
  const deadline = Date.now() + startLimit;
  while (Date.now() < deadline) {
    if (child.exitCode !== null) throw new Error(`A replica ended with ${child.exitCode}.`);
    const answer = await fetch(`${url}/api/health/ready`).catch(() => null);
    if (answer?.status === 200) return;
    await pause(50);
  }
  throw new Error(`A replica was not ready after ${startLimit / 1000} s.`);
}

async function end(child: ChildProcess) {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, "exit");
  child.kill("SIGTERM");
  const late = pause(15_000, "late", { ref: false });
  if ((await Promise.race([ended, late])) === "late") child.kill("SIGKILL");
  await ended;
}

/** A server that was started again after a break is not the one that `startDatabase` would stop. */
async function stopServer(folder: string) {
  const server = runningServer(folder);
  if (!server) return;
  process.kill(server.pid, "SIGINT");
  while (runningServer(folder)?.pid === server.pid) await pause(20);
}

async function makeOrganization(env: Record<string, string>) {
  const domain = "corp.example";
  const owner = { email: `owner@${domain}`, password: randomBytes(12).toString("base64url"), name: "First Owner" };
  const applied = await runApply(env, {
    organization: { slug: "corp", name: "Corp" },
    owners: [owner],
    domains: [{ name: domain, verified: true }],
    connections: [
      {
        name: "Okta",
        provider: "okta",
        domains: [domain],
        status: "active",
        metadataXml: createIdp().metadataXml("https://dev-1.okta.com/app/gatehouse_1/exk1/sso/saml"),
        scim: { enabled: true, tokens: ["okta"] },
      },
    ],
  });
  const token = applied.connections[0]?.scim?.tokens[0]?.token;
  if (!token) throw new Error("apply printed no token.");
  return { orgId: applied.organization.id, domain, owner, token };
}

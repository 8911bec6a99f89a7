import "server-only";
import { Logger, type Runner, run, type TaskList } from "graphile-worker";
import type { Prisma } from "prisma/client/client";
import { env } from "./env";
import { log } from "./log";

/** What addJob needs of a transaction. */
export type Execute = {
  $executeRaw: (strings: TemplateStringsArray, ...values: unknown[]) => Prisma.PrismaPromise<number>;
};

/** Names of all jobs: a payload for one of them is parsed by its task in gates/start-worker.ts. */
export type JobName = "send-mail" | "report-domain-conflict" | "prune-records" | "warn-tokens" | "erase-people";

/** What comes back by the clock (UTC), on one of the replicas: minute, hour, day, month, weekday. */
const timetable: Record<string, JobName> = {
  "17 3 * * *": "prune-records",
  "29 2 * * *": "erase-people",
  "41 * * * *": "warn-tokens",
};

/**
 * Queues later work inside the write that causes it: it runs once after the commit, and never after a rollback.
 * Two jobs of the same `key` are one. Tried 10 times with growing pauses, over a day.
 */
export async function addJob(tx: Execute, name: JobName, payload: object, key: string): Promise<void> {
  const json = JSON.stringify(payload);
  await tx.$executeRaw`SELECT graphile_worker.add_job(${name}, payload => ${json}::json, job_key => ${key}, max_attempts => 10)`;
}

/** Starts the runner of this process; the promise ends when the runner does. */
export async function runJobs(taskList: TaskList): Promise<{ runner: Runner; ended: Promise<void> }> {
  const runner = await run({
    connectionString: env().DATABASE_URL,
    maxPoolSize: 4,
    concurrency: 3,
    pollInterval: 2_000,
    noHandleSignals: true,
    crontab: Object.entries(timetable)
      .map(([times, name]) => `${times} ${name}`)
      .join("\n"),
    logger: new Logger(() => (level, message) => log()[level === "warning" ? "warn" : level]({ queue: true }, message)),
    taskList,
  });
  runner.events.on("pool:listen:error", ({ error }) =>
    log().warn({ error: String(error) }, "job queue lost its connection"),
  );
  return { runner, ended: runner.promise };
}

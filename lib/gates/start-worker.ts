import "server-only";
import type { Task } from "graphile-worker";
import { newReference } from "lib/base/crypto";
import { log } from "lib/base/log";
import { type JobName, runJobs } from "lib/base/queue";
import { reportConflict, reportConflictInput } from "lib/domains/report-conflict";
import { erasePeople } from "lib/jobs/erase-people";
import { pruneRecords, pruneRecordsInput } from "lib/jobs/prune-records";
import { organizationsWithPeopleToErase, organizationsWithTokensToTell } from "lib/jobs/resolve-due";
import { deliverMail, sendMailInput } from "lib/jobs/send-mail";
import { warnTokens } from "lib/jobs/warn-tokens";
import { mintScope } from "lib/scope/mint-scope";
import type { OrgScope } from "lib/scope/scope";
import type { ZodType } from "zod";

/** A job: its payload parsed, then the verb; what it throws is tried again by the queue. */
const task =
  <I>(schema: ZodType<I>, verb: (input: I) => Promise<void>): Task =>
  async (payload) =>
    verb(schema.parse(payload));

const jobScope = (name: JobName, orgId: string): OrgScope =>
  mintScope({
    orgId,
    role: null,
    actor: { kind: "job", id: name, name: "Gatehouse" },
    request: { reference: newReference(), clientAddress: null, userAgent: null },
  });

/** A job inside the organization that its payload names: the scope is minted here. */
const orgTask = <I extends { orgId: string }>(
  name: JobName,
  schema: ZodType<I>,
  verb: (scope: OrgScope, input: I) => Promise<unknown>,
): Task =>
  task(schema, async (input) => {
    await verb(jobScope(name, input.orgId), input);
  });

/** A job inside each organization that has something due; one that fails keeps none of the others from theirs. */
const everyDue =
  (name: JobName, due: () => Promise<string[]>, verb: (scope: OrgScope) => Promise<unknown>): Task =>
  async () => {
    const failures: unknown[] = [];
    for (const orgId of await due()) {
      await verb(jobScope(name, orgId)).catch((error: unknown) => failures.push(error));
    }
    if (failures.length > 0) throw new AggregateError(failures, `${name}: ${failures.map(String).join("; ")}`);
  };

const tasks: Record<JobName, Task> = {
  "prune-records": task(pruneRecordsInput, pruneRecords),
  "erase-people": everyDue("erase-people", organizationsWithPeopleToErase, erasePeople),
  "send-mail": task(sendMailInput, deliverMail),
  "warn-tokens": everyDue("warn-tokens", organizationsWithTokensToTell, warnTokens),
  "report-domain-conflict": orgTask("report-domain-conflict", reportConflictInput, reportConflict),
};

/**
 * Runs the queue in this process until `stop` is called. A runner that ends by itself (it does when it cannot report
 * a result) is started anew, 1 to 30 s apart.
 */
export function startWorker(): { stop: () => Promise<void> } {
  let stopped = false;
  let stopRunner = async () => {};
  let wake = () => {};

  const supervise = async () => {
    for (let pause = 1_000; !stopped; pause = Math.min(pause * 2, 30_000)) {
      try {
        const { runner, ended } = await runJobs(tasks);
        stopRunner = () => runner.stop();
        await ended;
        pause = 1_000;
      } catch (error) {
        log().warn({ error: (error as Error).message }, "job runner ended");
      }
      if (stopped) break;
      await new Promise<void>((resolve) => {
        wake = resolve;
        setTimeout(resolve, pause).unref();
      });
    }
  };

  const supervision = supervise();
  return {
    stop: async () => {
      stopped = true;
      wake();
      await stopRunner().catch(() => undefined);
      await supervision;
    },
  };
}

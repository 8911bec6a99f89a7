import "server-only";
import type { Task } from "graphile-worker";
import { log } from "lib/base/log";
import { type JobName, runJobs } from "lib/base/queue";
import { deliverMail, sendMailInput } from "lib/jobs/send-mail";
import type { ZodType } from "zod";

/** A job: its payload parsed, then the verb; what it throws is tried again by the queue. */
const task =
  <I>(schema: ZodType<I>, verb: (input: I) => Promise<void>): Task =>
  async (payload) =>
    verb(schema.parse(payload));

const tasks: Record<JobName, Task> = {
  "send-mail": task(sendMailInput, deliverMail),
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

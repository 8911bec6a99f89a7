import { type Mail, openMail } from "lib/base/mail";
import { prisma } from "lib/base/prisma";

/** The mails to an address that wait to be sent, oldest first. */
export async function queuedMailsTo(address: string): Promise<Mail[]> {
  const jobs = await prisma().$queryRaw<{ payload: { id: string; sealed: string } }[]>`
    SELECT j.payload FROM graphile_worker._private_jobs j
      JOIN graphile_worker._private_tasks t ON t.id = j.task_id AND t.identifier = 'send-mail' ORDER BY j.id`;
  return jobs.map(({ payload }) => openMail(payload)).filter(({ to }) => to === address);
}

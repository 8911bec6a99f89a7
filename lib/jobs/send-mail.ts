import "server-only";
import { openMail, sendMail } from "lib/base/mail";
import { z } from "zod";

export const sendMailInput = z.object({ id: z.string(), sealed: z.string() });

/** Delivers one queued mail; a rejection is tried again by the queue. */
export const deliverMail = (input: z.infer<typeof sendMailInput>): Promise<void> => sendMail(openMail(input));

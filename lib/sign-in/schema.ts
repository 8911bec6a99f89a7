import { z } from "zod";

export const passwordForm = z.object({ password: z.string().min(1).max(1_000) });
export type PasswordForm = z.infer<typeof passwordForm>;

export const chooseForm = z.object({ organization: z.uuid() });
export type ChooseForm = z.infer<typeof chooseForm>;

/** The first step. `way` is set by "Other ways to sign in": the password step, whatever the domain. */
export const emailForm = z.object({
  email: z.string().regex(/^[^\r\n\0]+$/),
  next: z.string().optional(),
  way: z.literal("password").optional(),
});
export type EmailForm = z.infer<typeof emailForm>;

/** The button of one connection. */
export const startForm = z.object({ next: z.string().optional() });
export type StartForm = z.infer<typeof startForm>;

export const noFields = z.object({});
export type NoFields = z.infer<typeof noFields>;

import { z } from "zod";

export const passwordForm = z.object({ password: z.string().min(1).max(1_000) });
export type PasswordForm = z.infer<typeof passwordForm>;

export const chooseForm = z.object({ organization: z.uuid() });
export type ChooseForm = z.infer<typeof chooseForm>;

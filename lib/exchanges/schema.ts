import { z } from "zod";

const one = (value: unknown) => (Array.isArray(value) ? value[0] : value);
const several = (value: unknown) => (value === undefined ? [] : Array.isArray(value) ? value : [value]);
const day = z.iso.date();

export const signInOutcomes = ["started", "succeeded", "failed"] as const;
export const outcomeNames = {
  started: "In progress",
  succeeded: "Succeeded",
  failed: "Failed",
  unanswered: "No answer",
} as const;

/** The search parameters of Sign-in activity: a bad value falls back to none. */
export const signInFilter = z.object({
  q: z.preprocess(
    one,
    z
      .string()
      .trim()
      .max(200)
      .refine((text) => !text.includes("\u0000"))
      .catch("")
      .default(""),
  ),
  outcome: z.preprocess(several, z.array(z.enum(signInOutcomes)).catch([])),
  connection: z.preprocess(several, z.array(z.uuid()).catch([])),
  user: z.preprocess(one, z.uuid().optional().catch(undefined)),
  from: z.preprocess(one, day.optional().catch(undefined)),
  to: z.preprocess(one, day.optional().catch(undefined)),
  size: z.preprocess(
    one,
    z.coerce
      .number()
      .pipe(z.union([z.literal(25), z.literal(50), z.literal(100)]))
      .catch(50),
  ),
  after: z.preprocess(one, z.string().max(500).optional().catch(undefined)),
  before: z.preprocess(one, z.string().max(500).optional().catch(undefined)),
});
export type SignInFilter = z.infer<typeof signInFilter>;

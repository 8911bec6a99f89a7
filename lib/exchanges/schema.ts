import { manyOf, onceOf, optionalDay, pageParams, searchText } from "lib/scope/list-params";
import { z } from "zod";

export const signInOutcomes = ["started", "succeeded", "failed"] as const;
export const outcomeNames = {
  started: "In progress",
  succeeded: "Succeeded",
  failed: "Failed",
  unanswered: "No answer",
} as const;

/** The search parameters of Sign-in activity. */
export const signInFilter = z.object({
  q: searchText,
  outcome: manyOf(z.enum(signInOutcomes)),
  connection: manyOf(z.uuid()),
  user: onceOf(z.uuid().optional().catch(undefined)),
  from: optionalDay,
  to: optionalDay,
  ...pageParams(50),
});
export type SignInFilter = z.infer<typeof signInFilter>;

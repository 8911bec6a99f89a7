import "server-only";
import { explainRefusal, type Outcome } from "lib/base/refusals";

/** Everything that is wrong with a file, told at once. */
export class DeclarationError extends Error {
  constructor(readonly problems: string[]) {
    super(problems.join("\n"));
  }
}

/** The value of an outcome that preflight let through; a refusal all the same (a race) ends the run by its sentence. */
export function demand<V>(outcome: Outcome<V>, what: string): V {
  if (outcome.ok) return outcome.value;
  throw new DeclarationError([`${what}: ${explainRefusal(outcome).message}`]);
}

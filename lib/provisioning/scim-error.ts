import "server-only";
import type { Result, ScimFault, ScimType } from "lib/protocol/scim/messages";

/** A fault on its way to the gate, which makes the Error body of it; thrown inside a write it rolls the write back. */
export class ScimError extends Error {
  constructor(
    readonly fault: ScimFault,
    readonly headers: Record<string, string> = {},
  ) {
    super(fault.detail);
  }
}

export function fail(status: number, scimType: ScimType | undefined, detail: string): never {
  throw new ScimError({ status, ...(scimType ? { scimType } : {}), detail });
}

/** What the kernel answers, or its fault thrown. */
export function orFail<T>(result: Result<T>): T {
  if (!result.ok) throw new ScimError(result.fault);
  return result.value;
}

/** The same for foreign, deleted and invented ids (scim.md section 8). */
export const notFound = (kind: "User" | "Group", id: string): never =>
  fail(404, undefined, `${kind} ${id} was not found in this directory.`);

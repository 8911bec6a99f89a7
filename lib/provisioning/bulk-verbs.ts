import "server-only";
import type { BulkOperation } from "lib/protocol/scim/bulk-request";
import type { ScimHandler } from "./scim-call";
import { ScimError } from "./scim-error";

/** "METHOD /Users" or "METHOD /Users/:id" -> its verb: the part of the route's table that changes something. */
export type BulkVerbs = Record<string, ScimHandler>;

/** The verb that a request of its own would reach; 405 names those that there are. */
export function bulkVerbOf(verbs: BulkVerbs, { method, resource, id }: BulkOperation): ScimHandler {
  const path = `/${resource}s${id === "" ? "" : "/:id"}`;
  const verb = verbs[`${method} ${path}`];
  if (verb) return verb;
  const possible = Object.keys(verbs).flatMap((key) => (key.endsWith(` ${path}`) ? key.split(" ", 1) : []));
  const detail = `${method} is not possible on ${path}; possible is ${possible.join(", ")}.`;
  throw new ScimError({ status: 405, detail });
}

import "server-only";
import { db } from "lib/base/db";
import type { OrgScope } from "lib/scope/scope";

/** One SCIM request with all that is kept of it; null for another organization's. */
export const findCall = (scope: OrgScope, id: string) =>
  db.exchange.findFirst({
    where: { orgId: scope.orgId, id, kind: "scim" },
    omit: { orgId: true, kind: true },
  });

export type Call = NonNullable<Awaited<ReturnType<typeof findCall>>>;

/** What the log keeps beside the bodies. */
export type CallDetail = {
  before?: Record<string, unknown>;
  after?: Record<string, unknown>;
  /** Members of a group. */
  added?: number;
  removed?: number;
  pendingMembers?: string[];
  sessionsEnded?: number;
  linksEnded?: number;
  hints?: string[];
  /** How the token was written, where not "Bearer T", and its last characters. */
  token?: string;
  tail?: string;
  ifMatch?: string;
  /** What of the request's body is not here: its end, and the values of these names. */
  cut?: boolean;
  secrets?: string[];
};

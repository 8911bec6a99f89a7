import { optionalDay, pageParams, searchText } from "lib/scope/list-params";
import { z } from "zod";

/** The audit log's search parameters; `q` is a name or the number that people quote. */
export const auditFilter = z.object({
  q: searchText,
  action: searchText,
  actor: searchText,
  target: searchText,
  from: optionalDay,
  to: optionalDay,
  ...pageParams(50),
});
export type AuditFilter = z.infer<typeof auditFilter>;

/** One event as the log shows it. */
export type AuditRow = {
  id: string;
  at: Date;
  action: string;
  outcome: string;
  actorKind: string;
  actorName: string;
  targetKind: string | null;
  targetId: string | null;
  targetName: string | null;
  payload: unknown;
  reference: string | null;
  clientAddress: string | null;
  userAgent: string | null;
};

/** Who acted, in words. */
export const actorKindNames: Record<string, string> = {
  user: "Person",
  directory: "SCIM",
  idp: "Identity provider",
  link: "Sign-in page",
  job: "Gatehouse",
  cli: "Operator",
};

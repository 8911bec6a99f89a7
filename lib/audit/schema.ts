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

/** Who acted, in words. */
export const actorKindNames: Record<string, string> = {
  user: "Person",
  directory: "SCIM",
  idp: "Identity provider",
  link: "Sign-in page",
  job: "Gatehouse",
  cli: "Operator",
};

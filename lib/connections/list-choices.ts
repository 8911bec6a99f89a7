import "server-only";
import { readSql } from "lib/base/db";
import type { OrgScope } from "lib/scope/scope";
import type { Provider } from "./schema";

export type ConnectionChoice = {
  id: string;
  name: string;
  provider: Provider;
  domains: string[];
  /** Its directory is on and not paused. */
  provisions: boolean;
};

/** The connections by name, as far as a filter or a hint tells of them: one statement, where `listConnections` takes many. */
export const listChoices = ({ orgId }: OrgScope): Promise<ConnectionChoice[]> =>
  readSql<ConnectionChoice>`
    SELECT c.id, c.name, c.provider,
           ARRAY(SELECT n.name FROM "Domain" n WHERE n."orgId" = c."orgId" AND n."connectionId" = c.id ORDER BY 1) AS domains,
           coalesce(d.enabled AND NOT d.paused, false) AS provisions
      FROM "Connection" c
      LEFT JOIN "Directory" d ON d."orgId" = c."orgId" AND d."connectionId" = c.id
     WHERE c."orgId" = ${orgId}::uuid
     ORDER BY c."nameLower"`;

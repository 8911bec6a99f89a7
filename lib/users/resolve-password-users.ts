import "server-only";
import { readSql } from "lib/base/db";
import type { PasswordUser } from "./schema";

/**
 * The active people with this address who may use a password, in whichever organizations: the one look-up across
 * them. Managed people have none (DF-34), owners excepted, and but for the one that their directory stores (V-12),
 * which no mail of ours changes.
 */
export const findPasswordUsers = (emailLower: string): Promise<PasswordUser[]> =>
  readSql<PasswordUser>`
    SELECT u."orgId", u.id, u.name, o.name AS organization, u."passwordHash",
           (u."provedEmail" IS NULL OR u."provedEmail" = u."emailLower") AND NOT u."passwordSynced" AS "mayReset"
      FROM "User" u JOIN "Organization" o ON o.id = u."orgId"
     WHERE u."emailLower" = ${emailLower} AND u.status = 'active' AND u."blockedAt" IS NULL
       AND u."passwordHash" IS NOT NULL AND NOT o.suspended
       AND CASE WHEN NOT u."passwordSynced" THEN u.source <> 'scim' OR u.role = 'owner'
                ELSE u.source = 'scim' AND u.role <> 'owner' AND EXISTS (
                  SELECT 1 FROM "Directory" d
                   WHERE d."orgId" = u."orgId" AND d."connectionId" = u."connectionId" AND d.enabled
                     AND (d.options->>'synchronizePasswords')::boolean) END
     ORDER BY u."orgId" LIMIT 20`;

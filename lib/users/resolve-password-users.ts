import "server-only";
import { readSql } from "lib/base/db";
import type { PasswordUser } from "./schema";

/**
 * The active people with this address who may use a password, in whichever organizations: the one look-up across
 * them. Managed people have none (DF-34), owners excepted.
 */
export const findPasswordUsers = (emailLower: string): Promise<PasswordUser[]> =>
  readSql<PasswordUser>`
    SELECT u."orgId", u.id, u.name, o.name AS organization, u."passwordHash",
           (u."provedEmail" IS NULL OR u."provedEmail" = u."emailLower") AS "mayReset"
      FROM "User" u JOIN "Organization" o ON o.id = u."orgId"
     WHERE u."emailLower" = ${emailLower} AND u.status = 'active' AND u."blockedAt" IS NULL
       AND u."passwordHash" IS NOT NULL AND NOT o.suspended
       AND (u.source <> 'scim' OR u.role = 'owner')
     ORDER BY u."orgId" LIMIT 20`;

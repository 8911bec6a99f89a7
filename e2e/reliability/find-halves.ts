import type { Database } from "../database";

/**
 * Looks behind the pages for writes that are half there: each change of a record is its version, one audit event and
 * one row of the SCIM log, and each record has its account, its e-mails and its place in the counters.
 */
export async function findHalves(database: Database, orgId: string): Promise<string[]> {
  const questions: [string, string][] = [
    [
      "a record's version differs from its events",
      `SELECT d."userName" AS what FROM "DirectoryUser" d WHERE d."orgId" = $1 AND d.version <> (
         SELECT count(*) FROM "AuditEvent" e WHERE e."orgId" = $1 AND e."targetId" = d."userId"::text
            AND e.outcome = 'done' AND e.action LIKE 'scim.user_%')`,
    ],
    [
      "an event names a person who is not there",
      `SELECT e."targetName" AS what FROM "AuditEvent" e WHERE e."orgId" = $1 AND e.action = 'scim.user_created'
          AND NOT EXISTS (SELECT 1 FROM "DirectoryUser" d WHERE d."orgId" = $1 AND d."userId"::text = e."targetId")`,
    ],
    [
      "an event of a directory lacks its row in the SCIM log",
      `SELECT e.id::text AS what FROM "AuditEvent" e WHERE e."orgId" = $1 AND e."actorKind" = 'directory'
          AND NOT EXISTS (SELECT 1 FROM "Exchange" x WHERE x."orgId" = $1 AND x."auditEventId" = e.id)`,
    ],
    [
      "a row of the SCIM log names an event that is not there",
      `SELECT x.id::text AS what FROM "Exchange" x WHERE x."orgId" = $1 AND x."auditEventId" IS NOT NULL
          AND NOT EXISTS (SELECT 1 FROM "AuditEvent" e WHERE e."orgId" = $1 AND e.id = x."auditEventId")`,
    ],
    [
      "record and account disagree",
      `SELECT d."userName" AS what FROM "DirectoryUser" d JOIN "User" u ON u."orgId" = d."orgId" AND u.id = d."userId"
        WHERE d."orgId" = $1 AND (d.active <> (u.status = 'active') OR d."workEmailKey" <> u."emailLower")`,
    ],
    [
      "a record has not its one e-mail",
      `SELECT d."userName" AS what FROM "DirectoryUser" d WHERE d."orgId" = $1 AND 1 <> (
         SELECT count(*) FROM "DirectoryUserEmail" m WHERE m."orgId" = $1 AND m."directoryUserId" = d.id)`,
    ],
    [
      "the counters differ from the records",
      `SELECT c.kind AS what FROM (SELECT kind, sum(total) AS total FROM "DirectoryCounter" WHERE "orgId" = $1 GROUP BY kind) c
        WHERE c.total <> CASE c.kind WHEN 'users' THEN (SELECT count(*) FROM "DirectoryUser" WHERE "orgId" = $1)
                                     ELSE (SELECT count(*) FROM "Group" WHERE "orgId" = $1) END`,
    ],
    [
      "a group's version differs from its events",
      `SELECT g."displayName" AS what FROM "Group" g WHERE g."orgId" = $1 AND g.version <> (
         SELECT count(*) FROM "AuditEvent" e WHERE e."orgId" = $1 AND e."targetId" = g.id::text
            AND e.outcome = 'done' AND e.action IN ('group.created', 'group.changed'))`,
    ],
  ];
  const faults: string[] = [];
  for (const [words, sql] of questions) {
    for (const { what } of await database.rows<{ what: string }>(`${sql} LIMIT 5`, [orgId])) {
      faults.push(`${words}: ${what}`);
    }
  }
  return faults;
}

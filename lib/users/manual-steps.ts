import "server-only";
import type { WriteClient } from "lib/audit/write";
import { now } from "lib/base/clock";
import { enterpriseUrn } from "lib/protocol/scim/messages";
import type { OrgScope } from "lib/scope/scope";
import { Prisma } from "prisma/client/client";

/**
 * Frees people from their connection: id, role and history stay, the profile becomes editable (DF-39). A role that a
 * group gave becomes their own unless a local group gives one; a password that the directory stored ends; what a
 * sign-in could have brought of the directory's record stays in the profile (FX-10). A block
 * becomes a deactivation by hand; one by the directory names nobody from now on, so that the directory may take it
 * back if it returns. `people`: a condition on "User"; `deactivatedBy`: their access ends too, by this person's hand.
 */
export async function makeManual(
  tx: WriteClient,
  { orgId }: OrgScope,
  people: Prisma.Sql,
  deactivatedBy: string | null = null,
): Promise<{ users: number; passwordsErased: number }> {
  const by = Prisma.sql`${deactivatedBy}::text`;
  // By a statement of its own: the next one then sees the memberships that whoever held them before committed.
  await tx.$executeRaw`
    WITH held AS (
      SELECT id FROM "User" WHERE "orgId" = ${orgId}::uuid AND ${people} ORDER BY id FOR NO KEY UPDATE)
    SELECT count(*) FROM held`;
  const [row] = await tx.$queryRaw<{ users: number; passwordsErased: number }[]>`
    WITH held AS MATERIALIZED (
      SELECT id, "passwordSynced" FROM "User" WHERE "orgId" = ${orgId}::uuid AND ${people}),
    freed AS (
      UPDATE "User" u
         SET source = 'manual', "connectionId" = NULL, "eraseAt" = NULL, version = u.version + 1, "updatedAt" = ${now()}::timestamptz,
             "passwordHash" = CASE WHEN u."passwordSynced" THEN NULL ELSE u."passwordHash" END, "passwordSynced" = false,
             profile = u.profile || ${keptProfile},
             "ownRole" = CASE WHEN ${hasLocalRole} THEN u."ownRole" END,
             status = CASE WHEN u."blockedAt" IS NULL AND ${by} IS NULL THEN u.status ELSE 'deactivated' END,
             "deactivatedAt" = coalesce(u."blockedAt", u."deactivatedAt", CASE WHEN ${by} IS NOT NULL THEN ${now()}::timestamptz END),
             "deactivatedBy" =
               coalesce(u."blockedByName", CASE WHEN u.source <> 'scim' THEN u."deactivatedBy" END, ${by}),
             "blockedAt" = NULL, "blockedByName" = NULL
        FROM held WHERE u."orgId" = ${orgId}::uuid AND u.id = held.id
      RETURNING held."passwordSynced" AS erased)
    SELECT count(*)::int AS users, (count(*) FILTER (WHERE erased))::int AS "passwordsErased" FROM freed`;
  return row ?? { users: 0, passwordsErased: 0 };
}

const ofRecord = (name: string) => Prisma.sql`r.document ->> ${name}`;
const ofEnterprise = (...path: string[]) => Prisma.sql`r.document #>> ${[enterpriseUrn, ...path]}::text[]`;

/** Profile field -> where the directory's record has it. */
const keptFields = Object.entries({
  jobTitle: ofRecord("title"),
  nickName: ofRecord("nickName"),
  userType: ofRecord("userType"),
  preferredLanguage: ofRecord("preferredLanguage"),
  locale: ofRecord("locale"),
  timezone: ofRecord("timezone"),
  employeeNumber: ofEnterprise("employeeNumber"),
  department: ofEnterprise("department"),
  division: ofEnterprise("division"),
  organization: ofEnterprise("organization"),
  costCenter: ofEnterprise("costCenter"),
  manager: ofEnterprise("manager", "displayName"),
});

const keptProfile = Prisma.sql`coalesce((
  SELECT jsonb_strip_nulls(jsonb_build_object(${Prisma.join(
    keptFields.map(([name, value]) => Prisma.sql`${name}::text, ${value}`),
  )}))
    FROM "DirectoryUser" r WHERE r."orgId" = u."orgId" AND r."userId" = u.id), '{}')`;

const hasLocalRole = Prisma.sql`EXISTS (
  SELECT 1 FROM "LocalMember" l JOIN "Group" g ON g."orgId" = l."orgId" AND g.id = l."groupId"
   WHERE l."orgId" = u."orgId" AND l."userId" = u.id AND g.role IS NOT NULL)`;

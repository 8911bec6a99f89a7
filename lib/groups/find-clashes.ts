import "server-only";
import { readSql } from "lib/base/db";
import type { OrgScope } from "lib/scope/scope";
import { Prisma } from "prisma/client/client";
import type { GivenRole } from "./schema";

/** A pushed group and the local group of its name (FX-21); the badge names the connection that pushed it. */
export type Clash = {
  groupId: string;
  localGroupId: string;
  displayName: string;
  localDisplayName: string;
  localVersion: number;
  role: GivenRole | null;
  localRole: GivenRole | null;
  connectionId: string;
  connectionName: string;
  provider: string;
};

const mostShown = 100;

/**
 * The name clashes of the organization by name, or those that one group takes part in. Computed, so a rename on either
 * side ends one; two directories' groups of one name are none.
 */
export const findClashes = ({ orgId }: OrgScope, groupId?: string): Promise<Clash[]> => {
  const one = groupId ? Prisma.sql`AND ${groupId}::uuid IN (g.id, l.id)` : Prisma.empty;
  return readSql<Clash>`
    SELECT g.id AS "groupId", l.id AS "localGroupId", g."displayName", l."displayName" AS "localDisplayName",
           l.version AS "localVersion",
           g.role::text AS role, l.role::text AS "localRole", c.id AS "connectionId", c.name AS "connectionName", c.provider
      FROM "Group" l
      JOIN "Group" g ON g."orgId" = l."orgId" AND g."displayNameKey" = l."localNameKey" AND g."directoryId" IS NOT NULL
      JOIN "Directory" d ON d."orgId" = g."orgId" AND d.id = g."directoryId"
      JOIN "Connection" c ON c."orgId" = d."orgId" AND c.id = d."connectionId"
     WHERE l."orgId" = ${orgId}::uuid AND l."localNameKey" IS NOT NULL ${one}
     ORDER BY l."localNameKey", g.id LIMIT ${mostShown}`;
};

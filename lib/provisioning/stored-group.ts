import "server-only";
import type { WriteClient } from "lib/audit/write";
import { readQuery } from "lib/base/db";
import type { GivenRole } from "lib/groups/schema";
import { lockGroup } from "lib/groups/steps";
import type { JsonObject } from "lib/protocol/scim/json";
import { locationOf, renderGroup } from "lib/protocol/scim/render";
import { Prisma } from "prisma/client/client";
import type { ScimCall } from "./scim-call";
import { notFound } from "./scim-error";
import { baseUrl, isId, ofDirectory } from "./stored-user";

export type StoredGroup = {
  id: string;
  /** Null: a local group that this directory may list and take over (V-8). */
  directoryId: string | null;
  /** The role that an owner lets it give; a directory neither sees nor sets it. */
  role: GivenRole | null;
  description: string;
  displayName: string;
  displayNameKey: string;
  externalId: string | null;
  document: JsonObject;
  version: number;
  createdAt: Date;
  updatedAt: Date;
};

/** With its members as JSON text that PostgreSQL made; null where they were not asked for or are too many. */
export type GroupWithMembers = StoredGroup & { members: string | null };

export const groupColumns = Prisma.sql`
  d.id, d."directoryId", d.role::text AS role, d.description, d."displayName", d."displayNameKey",
  d."externalId", d.document, d.version, d."createdAt", d."updatedAt"`;

/** The groups that a directory is shown: its own, and local ones where an owner wants them listed (V-8). */
export const groupsOf = (call: ScimCall): Prisma.Sql =>
  call.directory.options.listLocalGroups
    ? Prisma.sql`d."orgId" = ${call.scope.orgId}::uuid
        AND (d."directoryId" = ${call.directory.id}::uuid OR d."directoryId" IS NULL)`
    : ofDirectory(call);

// Names by sub-selects on primary keys: before a new table's first ANALYZE a join may be planned as a product of all.
const memberRows = (limit: Prisma.Sql) => Prisma.sql`
  (SELECT m."directoryUserId" AS id, 'User' AS type,
          (SELECT u.name FROM "User" u
            WHERE u."orgId" = m."orgId"
              AND u.id = (SELECT r."userId" FROM "DirectoryUser" r
                           WHERE r."orgId" = m."orgId" AND r.id = m."directoryUserId")) AS display
     FROM "GroupMember" m WHERE m."orgId" = d."orgId" AND m."groupId" = d.id ${limit})
  UNION ALL
  (SELECT n."childId", 'Group',
          (SELECT c."displayName" FROM "Group" c WHERE c."orgId" = n."orgId" AND c.id = n."childId")
     FROM "GroupNesting" n WHERE n."orgId" = d."orgId" AND n."groupId" = d.id ${limit})`;

/**
 * A group's members as JSON text, whole or not at all: reading 50,000 rows and rendering them here would hold up every
 * other request. `most`: null beyond so many. A local group's members are no business of the directory: null.
 */
export const membersColumn = (most: number | null): Prisma.Sql => {
  const rendered = Prisma.sql`
    coalesce(json_agg(json_build_object('value', m.id, '$ref', ${baseUrl()} || '/' || m.type || 's/' || m.id,
                                        'display', m.display, 'type', m.type)), '[]')::text`;
  const isOurs = Prisma.sql`d."directoryId" IS NOT NULL`;
  if (most === null) return Prisma.sql`(SELECT ${rendered} FROM (${memberRows(Prisma.empty)}) m HAVING ${isOurs})`;
  return Prisma.sql`
    (SELECT CASE WHEN ${isOurs} AND count(*) <= ${most} THEN ${rendered} END
       FROM (${memberRows(Prisma.sql`LIMIT ${most + 1}`)}) m)`;
};

const byId = (call: ScimCall, columns: Prisma.Sql) =>
  Prisma.sql`SELECT ${columns} FROM "Group" d WHERE ${groupsOf(call)} AND d.id = ${call.id}::uuid`;

const columnsOf = (withMembers: boolean) =>
  Prisma.sql`${groupColumns}, ${withMembers ? membersColumn(null) : Prisma.sql`NULL`} AS members`;

/** The group that the path names. Throws 404. */
export async function readStoredGroup(call: ScimCall, withMembers: boolean): Promise<GroupWithMembers> {
  if (!isId(call.id)) return notFound("Group", call.id);
  const [group] = await readQuery<GroupWithMembers>(byId(call, columnsOf(withMembers)));
  return group ?? notFound("Group", call.id);
}

/** The same inside a write, after its change. */
export async function rereadGroup(tx: WriteClient, call: ScimCall, withMembers: boolean): Promise<GroupWithMembers> {
  const [group] = await tx.$queryRaw<GroupWithMembers[]>(byId(call, columnsOf(withMembers)));
  return group ?? notFound("Group", call.id);
}

/**
 * The group, locked as `lockGroup` says: shared by changes of members alone, except that a local group is taken over
 * by one request.
 */
export async function lockStoredGroup(tx: WriteClient, call: ScimCall, alone: boolean): Promise<StoredGroup> {
  if (!isId(call.id)) return notFound("Group", call.id);
  await lockGroup(tx, call.scope, call.id, alone || (await isLocal(tx, call)));
  const [group] = await tx.$queryRaw<StoredGroup[]>(byId(call, groupColumns));
  return group ?? notFound("Group", call.id);
}

async function isLocal(tx: WriteClient, { scope, id, directory }: ScimCall): Promise<boolean> {
  if (!directory.options.listLocalGroups) return false;
  return (await tx.group.count({ where: { orgId: scope.orgId, id, directoryId: null } })) > 0;
}

export const groupLocation = (id: string) => locationOf(baseUrl(), "Group", id);

/** The group without its members, which stay the text that PostgreSQL made. */
export const renderStoredGroup = (group: StoredGroup): JsonObject =>
  renderGroup(group, {
    id: group.id,
    meta: { created: group.createdAt, lastModified: group.updatedAt, version: group.version },
    baseUrl: baseUrl(),
  });

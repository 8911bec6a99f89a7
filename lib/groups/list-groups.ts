import "server-only";
import { readQuery } from "lib/base/db";
import { keysetOf, pageOf } from "lib/base/keyset";
import { exactTotal, totalOf } from "lib/base/remember-total";
import { fold } from "lib/protocol/scim/fold";
import type { OrgScope } from "lib/scope/scope";
import { Prisma } from "prisma/client/client";
import { knownCounts, rememberCounts } from "./remember-counts";
import type { GivenRole, GroupFilter } from "./schema";

export type GroupRow = {
  id: string;
  version: number;
  displayName: string;
  displayNameKey: string;
  description: string;
  role: GivenRole | null;
  updatedAt: Date;
  members: number;
  directory: { enabled: boolean; connection: { name: string } } | null;
};

type Found = Omit<GroupRow, "members"> & { members: number | null };

function conditions({ orgId }: OrgScope, { q, source, connection, role }: GroupFilter): Prisma.Sql {
  const words = `%${fold(q).replace(/[\\%_]/g, "\\$&")}%`;
  const given = role.filter((one) => one !== "none");
  const none = role.length > given.length;
  return Prisma.join(
    [
      Prisma.sql`g."orgId" = ${orgId}::uuid`,
      ...(words === "%%" ? [] : [Prisma.sql`g."displayNameKey" LIKE ${words}`]),
      ...(source.length === 1 ? [Prisma.sql`(g."directoryId" IS NULL) = ${source[0] === "local"}`] : []),
      ...(connection.length
        ? [
            Prisma.sql`g."directoryId" = ANY(ARRAY(
              SELECT d.id FROM "Directory" d
               WHERE d."orgId" = ${orgId}::uuid AND d."connectionId" = ANY(${connection}::uuid[])))`,
          ]
        : []),
      ...(role.length ? [Prisma.sql`(g.role = ANY(${given}::"Role"[]) OR (${none} AND g.role IS NULL))`] : []),
    ],
    " AND ",
  );
}

/** One page of groups by name, ties by id, with how many are in each. */
export async function listGroups(scope: OrgScope, filter: GroupFilter) {
  const where = conditions(scope, filter);
  const list = JSON.stringify([scope.orgId, "groups", filter.q, filter.source, filter.connection, filter.role]);
  const known = knownCounts(scope);
  const [page, total] = await Promise.all([
    findPage(where, filter, [...known.keys()]),
    totalOf(list, () => countGroups(where)),
  ]);
  const rows = page.rows.map((group) => ({ ...group, members: group.members ?? known.get(versionOf(group)) ?? 0 }));
  rememberCounts(
    scope,
    rows.flatMap((row) => (row.directory ? [[versionOf(row), row.members]] : [])),
  );
  return { ...page, rows, total };
}

const versionOf = ({ id, version }: { id: string; version: number }) => `${id}:${version}`;

async function countGroups(where: Prisma.Sql): Promise<number> {
  const [counted] = await readQuery<{ total: number }>(Prisma.sql`
    SELECT count(*)::int AS total FROM (SELECT FROM "Group" g WHERE ${where} LIMIT ${exactTotal + 1}) found`);
  return counted?.total ?? 0;
}

async function findPage(where: Prisma.Sql, filter: GroupFilter, known: string[]) {
  const { place, step, direction, take } = keysetOf(filter, filter.sort.startsWith("-"));
  const order = Prisma.raw(direction === "asc" ? "ASC" : "DESC");
  const compare = Prisma.raw(step === "gt" ? ">" : "<");
  const beyond = place
    ? Prisma.sql`AND (g."displayNameKey", g.id) ${compare} (${place.key}, ${place.id}::uuid)`
    : Prisma.empty;
  // One index range a group, left out where the count of this very version is known.
  const found = await readQuery<Found>(Prisma.sql`
    WITH page AS (
      SELECT g.* FROM "Group" g WHERE ${where} ${beyond} ORDER BY g."displayNameKey" ${order}, g.id ${order} LIMIT ${take})
    SELECT g.id, g.version, g."displayName", g."displayNameKey", g.description, g.role::text, g."updatedAt",
           CASE WHEN d.id IS NOT NULL THEN
             jsonb_build_object('enabled', d.enabled, 'connection', jsonb_build_object('name', c.name)) END AS directory,
           CASE WHEN g.id || ':' || g.version = ANY(${known}::text[]) THEN NULL ELSE
             (SELECT count(*) FROM "GroupMember" m WHERE m."orgId" = g."orgId" AND m."groupId" = g.id)
           + (SELECT count(*) FROM "LocalMember" l WHERE l."orgId" = g."orgId" AND l."groupId" = g.id) END::int AS members
      FROM page g
      LEFT JOIN "Directory" d ON d."orgId" = g."orgId" AND d.id = g."directoryId"
      LEFT JOIN "Connection" c ON c."orgId" = d."orgId" AND c.id = d."connectionId"
     ORDER BY g."displayNameKey" ${order}, g.id ${order}`);
  return pageOf(found, filter, place, (group) => ({ key: group.displayNameKey, id: group.id }));
}

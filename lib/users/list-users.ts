import "server-only";
import { readQuery } from "lib/base/db";
import { keysetOf, pageOf } from "lib/base/keyset";
import { exactTotal, totalOf } from "lib/base/remember-total";
import { plannedAnew } from "lib/base/statement-name";
import { foldKey } from "lib/protocol/scim/fold";
import type { OrgScope, Role } from "lib/scope/scope";
import { Prisma } from "prisma/client/client";
import type { sourceNames, statusNames, UserFilter } from "./schema";
import { lowerKey } from "./steps";

export type UserRow = {
  id: string;
  name: string;
  nameLower: string;
  email: string;
  role: Role;
  status: keyof typeof statusNames;
  source: keyof typeof sourceNames;
  blockedAt: Date | null;
  blockedByName: string | null;
  lastSignInAt: Date | null;
  lastSignInMethod: string | null;
  /** Of the connection that made or manages this person, and whether its directory is on. */
  provider: string | null;
  provisioned: boolean;
  /** A directory has a record of this person. */
  recorded: boolean;
  /** Three of either kind at most. */
  groups: string[];
};
export type UserPage = {
  users: UserRow[];
  total: number;
  /** People whom their directory released (V-1): only whoever asks for a status or a name sees them. */
  hidden: number;
  next: string | null;
  previous: string | null;
};

/** A part of a key column, as LIKE takes it: wildcards stand for themselves. */
const part = (text: string) => `%${text.replace(/[\\%_]/g, "\\$&")}%`;

function searched({ orgId }: OrgScope, q: string): Prisma.Sql {
  const words = part(lowerKey(q));
  return Prisma.sql`(u."nameLower" LIKE ${words} OR u."emailLower" LIKE ${words} OR u.id = ANY(ARRAY(
    SELECT r."userId" FROM "DirectoryUser" r WHERE r."orgId" = ${orgId}::uuid AND r."externalId" = ${q} LIMIT 100)))`;
}

function conditions(scope: OrgScope, filter: UserFilter): Prisma.Sql {
  const { q, status, source, role, connection, department, manager } = filter;
  return Prisma.join(
    [
      Prisma.sql`u."orgId" = ${scope.orgId}::uuid`,
      ...(lowerKey(q) ? [searched(scope, q)] : []),
      ...(status.length ? [Prisma.sql`u.status = ANY(${status}::"UserStatus"[])`] : []),
      ...(source.length ? [Prisma.sql`u.source = ANY(${source}::"UserSource"[])`] : []),
      ...(role.length ? [Prisma.sql`u.role = ANY(${role}::"Role"[])`] : []),
      ...(connection.length ? [Prisma.sql`u."connectionId" = ANY(${connection}::uuid[])`] : []),
      ...(department ? [Prisma.sql`u."departmentLower" LIKE ${part(foldKey(department))}`] : []),
      ...(manager ? [Prisma.sql`u."managerLower" LIKE ${part(foldKey(manager))}`] : []),
    ],
    " AND ",
  );
}

/** Whom a directory with the setting "release" deactivated. */
const released = ({ orgId }: OrgScope) => Prisma.sql`(
  u.status = 'deactivated' AND u.source = 'scim' AND u."connectionId" = ANY(ARRAY(
    SELECT d."connectionId" FROM "Directory" d
     WHERE d."orgId" = ${orgId}::uuid AND d.options->>'deactivated' = 'release')))`;

/** One page of people, in a stable order: by name or last sign-in, ties by id. */
export async function listUsers(scope: OrgScope, filter: UserFilter): Promise<UserPage> {
  const asked = conditions(scope, filter);
  const showsAll = filter.status.length > 0 || filter.q !== "";
  const where = showsAll ? asked : Prisma.sql`${asked} AND ${released(scope)} IS NOT TRUE`;
  const hidden = showsAll ? Prisma.sql`0` : countOf(Prisma.sql`${asked} AND ${released(scope)}`);
  const list = JSON.stringify([scope.orgId, { ...filter, sort: "", after: "", before: "", size: 0 }]);
  const counted = totalOf(list, async () => (await read(countOf(where))) ?? 0);
  const [{ rows, ...cursors }, total] = await Promise.all([
    findPage(where, filter, { hidden, hits: isSearched(filter) ? await counted : null }),
    counted,
  ]);
  // Beside the rows it takes no statement of its own.
  return { users: rows, ...cursors, total, hidden: rows[0]?.hidden ?? (await read(hidden)) ?? 0 };
}

const isSearched = ({ q, department, manager }: UserFilter) => [q, department, manager].some((text) => text !== "");

const countOf = (where: Prisma.Sql) => Prisma.sql`(
  SELECT count(*)::int FROM (SELECT FROM "User" u WHERE ${where} LIMIT ${exactTotal + 1}) found)`;

const read = async (count: Prisma.Sql) =>
  (await readQuery<{ count: number }>(Prisma.sql`SELECT ${count} AS count`))[0]?.count;

// People who never signed in sort as the oldest; an ISO time orders like its instant.
const never = "0";
const instantOf = (key: string) => (Number.isNaN(Date.parse(key)) || key === never ? "-infinity" : key);

/** A search that finds no more than this is sorted; one that finds more meets a page's worth soon, in the list's order. */
const mostSorted = 1_000;

type Counts = { hidden: Prisma.Sql; hits: number | null };

async function findPage(where: Prisma.Sql, filter: UserFilter, { hidden, hits }: Counts) {
  const byName = filter.sort.endsWith("name");
  const { place, step, direction, take } = keysetOf(filter, filter.sort.startsWith("-"));
  // The expression of the index User_lastSignIn_idx.
  const key = byName ? Prisma.sql`u."nameLower"` : Prisma.sql`coalesce(u."lastSignInAt", '-infinity'::timestamptz)`;
  const at = place && (byName ? Prisma.sql`${place.key}` : Prisma.sql`${instantOf(place.key)}::timestamptz`);
  const compare = Prisma.raw(step === "gt" ? ">" : "<");
  const beyond = place ? Prisma.sql`AND (${key}, u.id) ${compare} (${at}, ${place.id}::uuid)` : Prisma.empty;
  const order = Prisma.raw(direction === "asc" ? "ASC" : "DESC");
  const all = Prisma.sql`SELECT u.*, ${key} AS key FROM "User" u WHERE ${where} ${beyond}`;
  const ordered = Prisma.sql`ORDER BY key ${order}, id ${order} LIMIT ${take}`;
  // Materialized, the trigram index leads; else the index that has the order does.
  const page =
    hits !== null && hits <= mostSorted
      ? Prisma.sql`hits AS MATERIALIZED (${all}), page AS (SELECT * FROM hits ${ordered})`
      : Prisma.sql`page AS (${all} ${ordered})`;
  const found = await readQuery<UserRow & { hidden: number }>(Prisma.sql`
    WITH ${page}
    SELECT u.id, u.name, u."nameLower", u.email, u.role::text, u.status::text, u.source::text, u."blockedAt",
           u."blockedByName", u."lastSignInAt", u."lastSignInMethod", c.provider, coalesce(d.enabled, false) AS provisioned,
           r.id IS NOT NULL AS recorded, ${hidden} AS hidden,
           ARRAY(SELECT g."displayName" FROM "GroupMember" m
                   JOIN "Group" g ON g."orgId" = m."orgId" AND g.id = m."groupId"
                  WHERE m."orgId" = u."orgId" AND m."directoryUserId" = r.id LIMIT 3)
        || ARRAY(SELECT g."displayName" FROM "LocalMember" m
                   JOIN "Group" g ON g."orgId" = m."orgId" AND g.id = m."groupId"
                  WHERE m."orgId" = u."orgId" AND m."userId" = u.id LIMIT 3) AS groups
      FROM page u
      LEFT JOIN "Connection" c ON c."orgId" = u."orgId" AND c.id = u."connectionId"
      LEFT JOIN "Directory" d ON d."orgId" = u."orgId" AND d."connectionId" = u."connectionId"
      LEFT JOIN "DirectoryUser" r ON r."orgId" = u."orgId" AND r."userId" = u.id
     ORDER BY u.key ${order}, u.id ${order} ${hits === null ? Prisma.empty : plannedAnew}`);
  return pageOf(found, filter, place, (user) => ({
    key: byName ? user.nameLower : (user.lastSignInAt?.toISOString() ?? never),
    id: user.id,
  }));
}

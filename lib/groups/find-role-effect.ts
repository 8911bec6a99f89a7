import "server-only";
import { readQuery, readSnapshot } from "lib/base/db";
import { readCursor, writeCursor } from "lib/base/page-cursor";
import { accepted, refused } from "lib/base/refusals";
import type { OrgScope, Role } from "lib/scope/scope";
import { peopleOfGroup, rankGiven, rankOf, roleAt } from "lib/users/apply-roles";
import { Prisma } from "prisma/client/client";
import type { PreviewRole } from "./schema";

export type RoleChange = { id: string; name: string; email: string; before: Role; after: Role };
export type RoleEffect = {
  /** Of the group as it was looked at: hand it back with the order. */
  version: number;
  rolesChanged: number;
  /** "12 people from Member to Admin". */
  moves: { before: Role; after: Role; people: number }[];
  /** By name, one page of them. */
  people: RoleChange[];
  next: string | null;
};

const pageSize = 50;

/**
 * Whose role would change, from what to what, if the group gave `role`; null: none, which is what deleting it does.
 * Owners are never among them. Nothing is stored.
 */
export async function findRoleEffect(scope: OrgScope, { groupId, role, after }: PreviewRole) {
  const place = readCursor(after);
  const changes = roleChanges(scope, groupId, role);
  const beyond = place ? Prisma.sql`WHERE ("nameLower", id) > (${place.key}, ${place.id}::uuid)` : Prisma.empty;
  return readSnapshot(15_000, async (read) => {
    const [group] = await read<{ version: number }>(Prisma.sql`
      SELECT version FROM "Group" WHERE "orgId" = ${scope.orgId}::uuid AND id = ${groupId}::uuid`);
    if (!group) return refused("not_found");
    const moves = await read<RoleEffect["moves"][number]>(Prisma.sql`
      ${changes} SELECT before, after, count(*)::int AS people FROM changes GROUP BY before, after ORDER BY people DESC`);
    const found = await read<RoleChange & { nameLower: string }>(Prisma.sql`
      ${changes} SELECT * FROM changes ${beyond} ORDER BY "nameLower", id LIMIT ${pageSize + 1}`);
    const shown = found.slice(0, pageSize);
    const last = found.length > pageSize ? shown.at(-1) : undefined;
    return accepted<RoleEffect>({
      version: group.version,
      rolesChanged: moves.reduce((sum, { people }) => sum + people, 0),
      moves,
      people: shown.map(({ nameLower: _, ...person }) => person),
      next: last ? writeCursor({ key: last.nameLower, id: last.id }) : null,
    });
  });
}

/** The role that each of these members has as soon as they leave the group; those for whom nothing changes are left out. */
export async function findRolesWithout(scope: OrgScope, groupId: string, userIds: string[]) {
  const changes = roleChanges(scope, groupId, null);
  const found = await readQuery<{ id: string; after: Role }>(Prisma.sql`
    ${changes} SELECT id, after FROM changes WHERE id = ANY(${userIds}::uuid[])`);
  return new Map(found.map(({ id, after }) => [id, after]));
}

/** Members whose role would not be what it is: the highest of their groups' roles, else their own. */
const roleChanges = (scope: OrgScope, groupId: string, role: string | null) => {
  const given = Prisma.sql`least(${rankOf(Prisma.sql`${role}::"Role"`)}, ${rankGiven([groupId])})`;
  return Prisma.sql`
    WITH person AS MATERIALIZED (
      SELECT u.id, u.name, u."nameLower", u.email, u.role AS before, coalesce(${roleAt(given)}, u."ownRole", u.role) AS after
        FROM "User" u
       WHERE u."orgId" = ${scope.orgId}::uuid AND u.role <> 'owner' AND u.id IN (${peopleOfGroup(scope, groupId)})),
    changes AS (SELECT * FROM person WHERE before <> after)`;
};

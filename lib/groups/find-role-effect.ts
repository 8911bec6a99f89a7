import "server-only";
import { readQuery } from "lib/base/db";
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
  const beyond = place ? Prisma.sql`WHERE ("nameLower", id) > (${place.key}, ${place.id}::uuid)` : Prisma.empty;
  // One statement, so that 50,000 people are judged once and both answers are of one state.
  const [found] = await readQuery<Found>(Prisma.sql`
    ${roleChanges(scope, { groupId, role, people: peopleOfGroup(scope, groupId) })}
    SELECT version,
           (SELECT coalesce(json_agg(move), '[]') FROM (
              SELECT before, after, count(*)::int AS people FROM changes GROUP BY before, after ORDER BY people DESC) move
           ) AS moves,
           (SELECT coalesce(json_agg(one), '[]') FROM (
              SELECT * FROM changes ${beyond} ORDER BY "nameLower", id LIMIT ${pageSize + 1}) one) AS people
      FROM "Group" WHERE "orgId" = ${scope.orgId}::uuid AND id = ${groupId}::uuid`);
  if (!found) return refused("not_found");
  const { version, moves, people } = found;
  const shown = people.slice(0, pageSize);
  const last = people.length > pageSize ? shown.at(-1) : undefined;
  return accepted<RoleEffect>({
    version,
    rolesChanged: moves.reduce((sum, move) => sum + move.people, 0),
    moves,
    people: shown.map(({ nameLower: _, ...person }) => person),
    next: last ? writeCursor({ key: last.nameLower, id: last.id }) : null,
  });
}

type Found = Pick<RoleEffect, "version" | "moves"> & { people: (RoleChange & { nameLower: string })[] };

/** The role that each of these members has without the group; those for whom nothing changes are left out. */
export async function findRolesWithout(scope: OrgScope, groupId: string, userIds: string[]) {
  const people = Prisma.sql`SELECT member.id FROM unnest(${userIds}::uuid[]) AS member(id)`;
  const found = await readQuery<{ id: string; after: Role }>(Prisma.sql`
    ${roleChanges(scope, { groupId, role: null, people })} SELECT id, after FROM changes`);
  return new Map(found.map(({ id, after }) => [id, after]));
}

type Question = { groupId: string; role: string | null; people: Prisma.Sql };

/** Those of the people whose role would not be what it is: the highest of their groups' roles, else their own. */
const roleChanges = (scope: OrgScope, { groupId, role, people }: Question): Prisma.Sql => {
  const given = Prisma.sql`least(${rankOf(Prisma.sql`${role}::"Role"`)}, ${rankGiven([groupId])})`;
  return Prisma.sql`
    WITH person AS MATERIALIZED (
      SELECT u.id, u.name, u."nameLower", u.email, u.role AS before, coalesce(${roleAt(given)}, u."ownRole", u.role) AS after
        FROM "User" u
       WHERE u."orgId" = ${scope.orgId}::uuid AND u.role <> 'owner' AND u.id IN (${people})),
    changes AS (SELECT * FROM person WHERE before <> after)`;
};

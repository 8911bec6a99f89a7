import "server-only";
import { readSnapshot } from "lib/base/db";
import { readCursor, writeCursor } from "lib/base/page-cursor";
import { accepted, refused } from "lib/base/refusals";
import type { OrgScope, Role } from "lib/scope/scope";
import { peopleOfGroup, rankGiven, rankOf, roleAt } from "lib/users/apply-roles";
import { Prisma } from "prisma/client/client";
import type { PreviewLink } from "./schema";

type Pair = { groupId: string; localGroupId: string };

/** isIn: after the link, thus pushed; wasIn: of the local group. Before and after are effective roles. */
export type LinkChange = {
  id: string;
  name: string;
  email: string;
  wasIn: boolean;
  isIn: boolean;
  before: Role;
  after: Role;
};
export type LinkNumbers = { gained: number; lost: number; rolesChanged: number };
/** By name, one page of them. */
export type LinkEffect = LinkNumbers & { people: LinkChange[]; next: string | null };

const pageSize = 50;

/**
 * Who would gain and lose the membership of the local group, and whose role would change, if the directory's group
 * took its place (scim.md section 6). Nothing is stored.
 */
export async function findLinkEffect(scope: OrgScope, { groupId, localGroupId, after }: PreviewLink) {
  const place = readCursor(after);
  const beyond = place ? Prisma.sql`WHERE ("nameLower", id) > (${place.key}, ${place.id}::uuid)` : Prisma.empty;
  return readSnapshot(15_000, async (read) => {
    const [numbers] = await read<LinkNumbers>(linkNumbers(scope, { groupId, localGroupId }));
    if (!numbers) return refused("not_found");
    const found = await read<LinkChange & { nameLower: string }>(Prisma.sql`
      ${linkChanges(scope, { groupId, localGroupId })}
      SELECT * FROM changes ${beyond} ORDER BY "nameLower", id LIMIT ${pageSize + 1}`);
    const shown = found.slice(0, pageSize);
    const last = found.length > pageSize ? shown.at(-1) : undefined;
    return accepted<LinkEffect>({
      ...numbers,
      people: shown.map(({ nameLower: _, ...person }) => person),
      next: last ? writeCursor({ key: last.nameLower, id: last.id }) : null,
    });
  });
}

/** The sums of it, as one row; none where the two are no directory's group and local group of this organization. */
export const linkNumbers = (scope: OrgScope, pair: Pair): Prisma.Sql => Prisma.sql`
  ${linkChanges(scope, pair)}
  SELECT (SELECT count(*) FROM changes WHERE "isIn" AND NOT "wasIn")::int AS gained,
         (SELECT count(*) FROM changes WHERE "wasIn" AND NOT "isIn")::int AS lost,
         (SELECT count(*) FROM changes WHERE before <> after)::int AS "rolesChanged"
    FROM pair`;

/** Owners keep their role, whatever group they come to or leave. */
const linkChanges = (scope: OrgScope, { groupId, localGroupId }: Pair): Prisma.Sql => {
  const { orgId } = scope;
  const inIt = Prisma.sql`CASE WHEN "isIn" THEN ${rankOf(Prisma.sql`pair.role`)} END`;
  return Prisma.sql`
    WITH pair AS MATERIALIZED (
      SELECT coalesce(l.role, g.role) AS role FROM "Group" g, "Group" l
       WHERE g."orgId" = ${orgId}::uuid AND g.id = ${groupId}::uuid AND g."directoryId" IS NOT NULL
         AND l."orgId" = ${orgId}::uuid AND l.id = ${localGroupId}::uuid AND l."directoryId" IS NULL),
    person AS MATERIALIZED (
      SELECT u.id, u.name, u."nameLower", u.email, u.role, u."ownRole",
             u.id IN (${peopleOfGroup(scope, localGroupId)}) AS "wasIn",
             u.id IN (${peopleOfGroup(scope, groupId)}) AS "isIn", ${rankGiven([groupId, localGroupId])} AS rank
        FROM "User" u
       WHERE u."orgId" = ${orgId}::uuid
         AND (u.id IN (${peopleOfGroup(scope, groupId)}) OR u.id IN (${peopleOfGroup(scope, localGroupId)}))),
    changes AS (
      SELECT * FROM (
        SELECT id, name, "nameLower", email, "wasIn", "isIn", person.role AS before,
               CASE WHEN person.role = 'owner' THEN person.role
                    ELSE coalesce(${roleAt(Prisma.sql`least(rank, ${inIt})`)}, "ownRole", person.role) END AS after
          FROM person, pair) found
       WHERE "wasIn" <> "isIn" OR before <> after)`;
};

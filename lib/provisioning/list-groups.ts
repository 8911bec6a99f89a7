import "server-only";
import { attributesOf, type Filter } from "lib/protocol/scim/filter";
import { wantsMembers } from "lib/protocol/scim/project";
import { Prisma } from "prisma/client/client";
import { groupBody } from "./group-body";
import { type ListCall, listAnswer, readListCall } from "./list-call";
import { type Read, readPage, type Source } from "./list-page";
import type { ScimAnswer, ScimCall } from "./scim-call";
import { type GroupWithMembers, groupColumns, groupsOf, membersColumn, renderStoredGroup } from "./stored-group";

const mostMembersInList = 500;

const columnsWith = (members: Prisma.Sql) => Prisma.sql`${groupColumns}, ${members} AS members`;
const none = Prisma.sql`NULL`;

/** Member rows are read only where they are answered or asked about. */
function sourceFor(call: ScimCall, filter: Filter | null, wanted: boolean): Source<GroupWithMembers> {
  const isAsked = filter !== null && attributesOf(filter).some(({ path }) => path.startsWith("members"));
  const table = Prisma.sql`"Group" d`;
  const columns = columnsWith(wanted ? membersColumn(mostMembersInList) : none);
  return {
    resource: "Group",
    wider: withLocalGroups(call),
    table,
    tables: table,
    columns,
    wholeColumns: isAsked ? columnsWith(membersColumn(null)) : columns,
    // A group's members can be 100,000.
    slice: isAsked ? 5 : 100,
    render: (group) => Object.assign(renderStoredGroup(group), { members: JSON.parse(group.members ?? "[]") }),
  };
}

/** Large groups come without the attribute, whole or not at all. */
const isShort = (members: string | null) => members !== null && JSON.parse(members).length <= mostMembersInList;

/** Where an owner wants local groups listed too (V-8). */
const withLocalGroups = (call: ScimCall) =>
  call.directory.options.listLocalGroups
    ? {
        rows: groupsOf(call),
        others: Prisma.sql`
          (SELECT count(*)::int FROM "Group" l WHERE l."orgId" = ${call.scope.orgId}::uuid AND l."directoryId" IS NULL)`,
      }
    : undefined;

/** A page of this directory's groups as JSON texts. */
export async function readGroupPage(call: ScimCall, { projection, ...query }: ListCall, snapshot?: Read) {
  const wanted = wantsMembers(projection);
  const source = sourceFor(call, query.filter, wanted);
  const { rows, total } = await readPage(call, source, query, snapshot);
  const isGiven =
    source.columns === source.wholeColumns ? () => wanted : (text: string | null) => wanted && isShort(text);
  const texts = rows.map((group) =>
    groupBody(isGiven(group.members) ? group : { ...group, members: null }, projection),
  );
  return { total, texts, ids: rows.map(({ id }) => id) };
}

/**
 * GET /Groups: exactly this directory's groups, so that Import Groups, ticked by mistake, does no harm (FX-15); local
 * ones without their members only where an owner wants them listed (V-8).
 */
export async function listGroups(call: ScimCall): Promise<ScimAnswer> {
  const query = readListCall(call, "Group");
  return listAnswer(query, await readGroupPage(call, query));
}

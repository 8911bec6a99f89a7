import "server-only";
import { attributesOf, type Filter } from "lib/protocol/scim/filter";
import { listResponse } from "lib/protocol/scim/messages";
import { wantsMembers } from "lib/protocol/scim/project";
import { Prisma } from "prisma/client/client";
import { groupBody } from "./group-body";
import { readListCall } from "./list-call";
import { readPage, type Source } from "./list-page";
import type { ScimAnswer, ScimCall } from "./scim-call";
import { type GroupWithMembers, groupColumns, membersColumn, renderStoredGroup } from "./stored-group";

const mostMembersInList = 500;

const columnsWith = (members: Prisma.Sql) => Prisma.sql`${groupColumns}, ${members} AS members`;
const none = Prisma.sql`NULL`;

/** Member rows are read only where they are answered or asked about. */
function sourceFor(filter: Filter | null, wanted: boolean): Source<GroupWithMembers> {
  const isAsked = filter !== null && attributesOf(filter).some(({ path }) => path.startsWith("members"));
  const table = Prisma.sql`"Group" d`;
  const columns = columnsWith(wanted ? membersColumn(mostMembersInList) : none);
  return {
    resource: "Group",
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

/** GET /Groups: exactly this directory's groups, so that Import Groups, ticked by mistake, does no harm (FX-15). */
export async function listGroups(call: ScimCall): Promise<ScimAnswer> {
  const { inWords, projection, ...query } = readListCall(call, "Group");
  const wanted = wantsMembers(projection);
  const source = sourceFor(query.filter, wanted);
  const { rows, total } = await readPage(call, source, query);
  const isGiven =
    source.columns === source.wholeColumns ? () => wanted : (text: string | null) => wanted && isShort(text);
  const page = { totalResults: total, startIndex: query.startIndex };
  const resources = rows.map((group) =>
    groupBody(isGiven(group.members) ? group : { ...group, members: null }, projection),
  );
  // The groups are JSON text already: they are put in where the empty list stands.
  const envelope = JSON.stringify({ ...listResponse([], page), itemsPerPage: rows.length });
  return {
    status: 200,
    body: envelope.replace(/"Resources":\[\]/, () => `"Resources":[${resources.join(",")}]`),
    logged: { ...page, ids: rows.map(({ id }) => id) },
    summary: `${inWords}: ${total} found`,
  };
}

import "server-only";
import { listResponse } from "lib/protocol/scim/messages";
import { project } from "lib/protocol/scim/project";
import { Prisma } from "prisma/client/client";
import { readListCall } from "./list-call";
import { readPage, type Source } from "./list-page";
import type { ScimAnswer, ScimCall } from "./scim-call";
import { renderStored, type StoredUser, userColumns, userTables } from "./stored-user";

const source: Source<StoredUser> = {
  resource: "User",
  table: Prisma.sql`"DirectoryUser" d`,
  tables: userTables,
  columns: userColumns,
  wholeColumns: userColumns,
  slice: 100,
  render: (user) => renderStored(user, user.document),
};

/** GET /Users: this directory's users, deactivated ones too, in the order of their ids. No match is an empty list. */
export async function listUsers(call: ScimCall): Promise<ScimAnswer> {
  const { inWords, projection, ...query } = readListCall(call, "User");
  const { rows, total } = await readPage(call, source, query);
  const resources = rows.map((user) => project(renderStored(user, user.document), projection));
  const page = { totalResults: total, startIndex: query.startIndex };
  return {
    status: 200,
    body: listResponse(resources, page),
    logged: { ...page, ids: rows.map(({ id }) => id) },
    summary: `${inWords}: ${total} found`,
    ...(rows.length === 1 && query.filter
      ? { person: rows[0]?.userName ?? null, userId: rows[0]?.userId ?? null }
      : {}),
  };
}

import "server-only";
import { project } from "lib/protocol/scim/project";
import { Prisma } from "prisma/client/client";
import { type ListCall, listAnswer, readListCall } from "./list-call";
import { type Read, readPage, type Source } from "./list-page";
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

/** A page of this directory's users as JSON texts. */
export async function readUserPage(call: ScimCall, { projection, ...query }: ListCall, snapshot?: Read) {
  const { rows, total } = await readPage(call, source, query, snapshot);
  const texts = rows.map((user) => JSON.stringify(project(renderStored(user, user.document), projection)));
  return { total, texts, ids: rows.map(({ id }) => id), rows };
}

/** GET /Users: this directory's users, deactivated ones too, in the order of their ids. No match is an empty list. */
export async function listUsers(call: ScimCall): Promise<ScimAnswer> {
  const query = readListCall(call, "User");
  const page = await readUserPage(call, query);
  const [user, ...others] = page.rows;
  const isFound = user && others.length === 0 && query.filter;
  return { ...listAnswer(query, page), ...(isFound ? { person: user.userName, userId: user.userId } : {}) };
}

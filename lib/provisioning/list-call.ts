import "server-only";
import { namesSecret } from "lib/exchanges/redact";
import { listResponse, shown } from "lib/protocol/scim/messages";
import type { Projection } from "lib/protocol/scim/project";
import { type ListQuery, readListQuery, readRootQuery, type SortBy } from "lib/protocol/scim/query";
import type { ResourceType } from "lib/protocol/scim/schema";
import { Prisma } from "prisma/client/client";
import type { Order, PageQuery } from "./list-page";
import type { ScimAnswer, ScimCall } from "./scim-call";
import { orFail } from "./scim-error";

const common = { externalId: 'd."externalId"', "meta.created": 'd."createdAt"', "meta.lastModified": 'd."updatedAt"' };

/** What is sorted by; keys in the order of code points, as the kernel compares them. */
const columns: Record<ResourceType, Partial<Record<SortBy, string>>> = {
  User: { ...common, userName: 'd."userNameKey" COLLATE "C"', displayName: 'u."nameLower" COLLATE "C"' },
  Group: { ...common, displayName: 'd."displayNameKey" COLLATE "C"' },
};

/** By id, which never changes, so that updates move nobody between pages; it also decides between equals. */
function orderOf(resource: ResourceType, { sortBy, descending }: ListQuery): Order {
  const column = sortBy && columns[resource][sortBy];
  const direction = descending ? "DESC" : "ASC";
  if (!column) return { sql: Prisma.raw(`d.id ${direction}`), joined: false };
  return { sql: Prisma.raw(`${column} ${direction}, d.id`), joined: column.startsWith("u.") };
}

export type ListCall = PageQuery & { projection: Projection; inWords: string };

const listCall = (resource: ResourceType, query: ListQuery, inWords: string): ListCall => {
  const { startIndex, count, projection, filter = null } = query;
  return { filter, order: orderOf(resource, query), startIndex, count, projection, inWords };
};

/** What a list asks, in words for the log. */
function wordsOf({ query }: ScimCall, what: string): string {
  const text = [...query].find(([name]) => name.toLowerCase() === "filter")?.[1]?.trim() ?? "";
  if (text === "") return `Listed ${what}`;
  return `Searched ${namesSecret(text) ? "[removed]" : shown(text)}`;
}

/** The query of a list. */
export const readListCall = (call: ScimCall, resource: ResourceType): ListCall =>
  listCall(
    resource,
    orFail(readListQuery(resource, call.query)),
    wordsOf(call, resource === "User" ? "users" : "groups"),
  );

/** The query of a list of users and groups together, for each of the two. */
export function readRootCall(call: ScimCall): Record<ResourceType, ListCall> {
  const { User, Group } = orFail(readRootQuery(call.query));
  const inWords = wordsOf(call, "users and groups");
  return { User: listCall("User", User, inWords), Group: listCall("Group", Group, inWords) };
}

/** What was found and how it is answered; `Resources` are JSON texts already, put in where the empty list stands. */
export function listAnswer(
  { startIndex, inWords }: ListCall,
  { total, texts, ids }: { total: number; texts: readonly string[]; ids: readonly string[] },
): ScimAnswer {
  const page = { totalResults: total, startIndex };
  const envelope = JSON.stringify({ ...listResponse([], page), itemsPerPage: texts.length });
  return {
    status: 200,
    body: envelope.replace(/"Resources":\[\]/, () => `"Resources":[${texts.join(",")}]`),
    logged: { ...page, ids },
    summary: `${inWords}: ${total} found`,
  };
}

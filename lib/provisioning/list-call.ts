import "server-only";
import { shown } from "lib/protocol/scim/messages";
import type { Projection } from "lib/protocol/scim/project";
import { type ListQuery, readListQuery, type SortBy } from "lib/protocol/scim/query";
import type { ResourceType } from "lib/protocol/scim/schema";
import { Prisma } from "prisma/client/client";
import { namesSecret } from "./exchange-facts";
import type { Order, PageQuery } from "./list-page";
import type { ScimCall } from "./scim-call";
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

/** The query of a list, and what it asks in words for the log. */
export function readListCall(call: ScimCall, resource: ResourceType): ListCall {
  const query = orFail(readListQuery(resource, call.query));
  const { startIndex, count, projection, filter = null } = query;
  const text = [...call.query].find(([name]) => name.toLowerCase() === "filter")?.[1] ?? "";
  const asked = namesSecret(text) ? "[removed]" : shown(text);
  const inWords = filter ? `Searched ${asked}` : `Listed ${resource === "User" ? "users" : "groups"}`;
  return { filter, order: orderOf(resource, query), startIndex, count, projection, inWords };
}

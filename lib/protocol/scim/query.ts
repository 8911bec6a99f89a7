import type { Filter } from "./filter";
import { foldName } from "./fold";
import { locate } from "./locate";
import { attempt, type Result, refuse, shown } from "./messages";
import { parseFilter } from "./parse-filter";
import { type Projection, readProjection } from "./project";
import type { ResourceType } from "./schema";

const sortable = {
  User: ["id", "userName", "displayName", "externalId", "meta.created", "meta.lastModified"],
  Group: ["id", "displayName", "externalId", "meta.created", "meta.lastModified"],
} as const;

export type SortBy = (typeof sortable)["User"][number];

export type ListQuery = {
  startIndex: number;
  count: number;
  filter?: Filter;
  sortBy?: SortBy;
  descending: boolean;
  projection: Projection;
};

const defaultCount = 100;
export const maxCount = 200;
// Past the end of every list, and still an integer of PostgreSQL.
const lastIndex = 2_147_483_647;

/** Names and values as they were sent, in a query or in the body of a search. */
export type QueryParameters = Iterable<readonly [string, string]>;

const names = new Set(["filter", "startindex", "count", "sortby", "sortorder", "attributes", "excludedattributes"]);

/** Known parameters by lower-case name. Unknown ones are ignored: Entra appends flags to its base URL. */
function readParameters(parameters: QueryParameters): Map<string, string> {
  const known = new Map<string, string>();
  for (const [name, value] of parameters) {
    const key = foldName(name);
    if (key.includes("[")) refuse("invalidValue", `The query parameter '${shown(name)}' is not supported.`);
    if (!names.has(key)) continue;
    if (known.has(key)) refuse("invalidValue", `The query parameter ${shown(name)} was sent twice.`);
    known.set(key, value);
  }
  return known;
}

function readInteger(value: string | undefined, name: string): number | undefined {
  const text = (value ?? "").trim();
  if (text === "") return undefined;
  if (!/^-?\d+$/.test(text)) refuse("invalidValue", `${name} must be a whole number; '${shown(text)}' was sent.`);
  return Math.min(Number(text), lastIndex);
}

function readSort(resource: ResourceType, parameters: Map<string, string>): Pick<ListQuery, "sortBy" | "descending"> {
  const text = (parameters.get("sortby") ?? "").trim();
  if (text === "") return { descending: false };
  const found = locate(resource, text);
  const path = [found?.name, found?.sub].filter((part) => part !== undefined).join(".");
  const sortBy = found?.urn === undefined ? sortable[resource].find((one) => one === path) : undefined;
  if (!sortBy) return refuse("invalidValue", `sortBy must be one of ${sortable[resource].join(", ")}.`);
  const order = foldName((parameters.get("sortorder") ?? "").trim()) || "ascending";
  if (order !== "ascending" && order !== "descending")
    refuse("invalidValue", "sortOrder must be ascending or descending.");
  return { sortBy, descending: order === "descending" };
}

/** All of a list's query but its order. */
function readUnsorted(resource: ResourceType, known: Map<string, string>) {
  const text = known.get("filter") ?? "";
  const filter = text.trim() === "" ? undefined : parseFilter(resource, text);
  if (filter && !filter.ok) return refuse("invalidFilter", filter.fault.detail);
  const count = readInteger(known.get("count"), "count") ?? defaultCount;
  return {
    startIndex: Math.max(1, readInteger(known.get("startindex"), "startIndex") ?? 1),
    count: Math.min(Math.max(0, count), maxCount),
    ...(filter ? { filter: filter.value } : {}),
    projection: readProjection(resource, known.get("attributes"), known.get("excludedattributes")),
  };
}

/** Reads the query of a list (RFC 7644 3.4.2). */
export function readListQuery(resource: ResourceType, parameters: QueryParameters): Result<ListQuery> {
  return attempt(() => {
    const known = readParameters(parameters);
    return { ...readUnsorted(resource, known), ...readSort(resource, known) };
  });
}

/**
 * Reads the query of a search over users and groups together. A type that lacks the attribute to sort by stays in the
 * order of its ids; an attribute that neither has is refused.
 */
export function readRootQuery(parameters: QueryParameters): Result<Record<ResourceType, ListQuery>> {
  return attempt(() => {
    const known = readParameters(parameters);
    const ofUsers = attempt(() => readSort("User", known));
    const ofGroups = attempt(() => readSort("Group", known));
    // Users can be sorted by all that groups can, so that the fault of users is that of both.
    if (!ofUsers.ok) return refuse("invalidValue", ofUsers.fault.detail);
    const byId = { descending: false };
    return {
      User: { ...readUnsorted("User", known), ...ofUsers.value },
      Group: { ...readUnsorted("Group", known), ...(ofGroups.ok ? ofGroups.value : byId) },
    };
  });
}

/** Reads the query of one resource, whatever the method: which attributes to answer. */
export function readResourceQuery(resource: ResourceType, parameters: QueryParameters): Result<Projection> {
  return attempt(() => {
    const known = readParameters(parameters);
    return readProjection(resource, known.get("attributes"), known.get("excludedattributes"));
  });
}

import { foldName } from "./fold";
import type { Json, JsonObject } from "./json";
import { attempt, type Result, refuse, shown } from "./messages";

type Kind = "text" | "number" | "list";

/** RFC 7644 3.4.3: what a SearchRequest may hold, and of which type it is. */
const members = new Map<string, { name: string; kind: Kind }>([
  ["filter", { name: "filter", kind: "text" }],
  ["startindex", { name: "startIndex", kind: "number" }],
  ["count", { name: "count", kind: "number" }],
  ["sortby", { name: "sortBy", kind: "text" }],
  ["sortorder", { name: "sortOrder", kind: "text" }],
  ["attributes", { name: "attributes", kind: "list" }],
  ["excludedattributes", { name: "excludedAttributes", kind: "list" }],
]);

/**
 * The body of a search by POST as the parameters of the GET that answers the same, so that both are read by one rule.
 * Unknown names go along without a value: the query's reader ignores or refuses them.
 */
export function readSearchRequest(body: JsonObject): Result<[string, string][]> {
  return attempt(() =>
    Object.entries(body).map(([key, value]): [string, string] => {
      const member = members.get(foldName(key));
      return member ? [member.name, parameterOf(member.name, member.kind, value)] : [key, ""];
    }),
  );
}

function parameterOf(name: string, kind: Kind, value: Json): string {
  if (value === null) return "";
  if (kind === "list" && Array.isArray(value)) return value.map((item) => nameIn(name, item)).join(",");
  if (typeof value === "string") return value;
  if (kind === "number" && typeof value === "number") return String(value);
  const expected = { text: "a text", number: "a whole number", list: "a list of attribute names" }[kind];
  return refuse("invalidValue", `${name} must be ${expected}; '${shown(value)}' was sent.`);
}

function nameIn(list: string, item: Json): string {
  if (typeof item === "string") return item;
  return refuse("invalidValue", `${list} must be a list of attribute names; '${shown(item)}' stands in it.`);
}

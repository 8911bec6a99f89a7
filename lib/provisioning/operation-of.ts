import "server-only";
import type { Operation } from "lib/exchanges/schema";
import { isObject, type Json, type JsonObject } from "lib/protocol/scim/json";

type Asked = { method: string; path: string; body: JsonObject };
type Answered = { operation?: Operation; detail?: Record<string, unknown> };

/** The endpoint and its own segment, of a path with or without the base: "/Users/x?y" -> ["users", "x"]. */
export function endpointOf(path: string): [name: string, id: string] {
  const [name = "", id = ""] = path
    .split("?", 1)
    .join("")
    .replace(/^.*\/scim\/v2(?=\/|$)/i, "")
    .replace(/^\//, "")
    .split("/");
  return [name.toLowerCase(), id];
}

/** What a request asked for: by its form, and where it was done by what it did. */
export function operationOf({ method, path, body }: Asked, answer: Answered): Operation {
  if (answer.operation) return answer.operation;
  const [endpoint, id] = endpointOf(path);
  const isSearch = method === "POST" && /^\.search$/i.test(endpoint || id) ? true : /^\.search$/i.test(id);
  if (method === "GET" && ["serviceproviderconfig", "resourcetypes", "schemas"].includes(endpoint)) return "discovery";
  if (isSearch) return "search";
  if (endpoint === "bulk") return "bulk";
  if (endpoint !== "users" && endpoint !== "groups") return "other";
  if (method === "GET") return id ? "read" : /[?&]filter=/i.test(path) ? "search" : "list";
  const isGroup = endpoint === "groups";
  if (method === "POST") return isGroup ? "group-create" : "create";
  if (method === "DELETE") return isGroup ? "group-delete" : "delete";
  if (method !== "PUT" && method !== "PATCH") return "other";
  return isGroup ? "group-change" : changeOf(body, answer.detail);
}

/** A done change says itself what became of `active`; of a refused one the body says what was wanted. */
function changeOf(body: JsonObject, detail: Record<string, unknown> | undefined): Operation {
  const { before, after } = (detail ?? {}) as { before?: { active?: unknown }; after?: { active?: unknown } };
  if (before && after) {
    if (before.active === after.active) return "update";
    return after.active === false ? "deactivate" : "reactivate";
  }
  return detail === undefined && activeAsked(body) === false ? "deactivate" : "update";
}

function asBoolean(value: Json | undefined): boolean | undefined {
  if (typeof value === "boolean") return value;
  const word = typeof value === "string" ? value.toLowerCase() : "";
  return word === "true" ? true : word === "false" ? false : undefined;
}

/** What a PUT or PATCH wants `active` to be. */
export function activeAsked(body: JsonObject): boolean | undefined {
  if ("active" in body) return asBoolean(body.active);
  const [, operations] = Object.entries(body).find(([name]) => /^operations$/i.test(name)) ?? [];
  if (!Array.isArray(operations)) return undefined;
  for (const operation of operations) {
    if (!isObject(operation)) continue;
    const { path, value } = operation;
    if (typeof path === "string" && /(^|:)active$/i.test(path)) return asBoolean(value);
    if (path === undefined && isObject(value) && "active" in value) return asBoolean(value.active);
  }
  return undefined;
}

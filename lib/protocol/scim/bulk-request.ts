import { foldName } from "./fold";
import { emptyObject, isObject, type Json, type JsonObject } from "./json";
import { attempt, type Result, refuse, shown } from "./messages";
import { memberNamed } from "./patch-operations";
import type { ResourceType } from "./schema";

export const mostBulkOperations = 1_000;

const methods = ["POST", "PUT", "PATCH", "DELETE"] as const;
export type BulkMethod = (typeof methods)[number];

/** One operation of a bulk request, as a request of its own would say it. */
export type BulkOperation = {
  method: BulkMethod;
  resource: ResourceType;
  /** The segment behind the endpoint: an id, "bulkId:x" of a resource made in the same request, or "" for none. */
  id: string;
  /** What stands behind "?", such as attributes=id. */
  query: string;
  /** RFC 7644 3.14: the version that the client thinks it changes, as in If-Match. */
  version: string | null;
  data: JsonObject;
};

/** What the answer repeats, and the operation or what is wrong with it. */
export type BulkEntry = { sent: Json; method: string; path: string; bulkId?: string; read: Result<BulkOperation> };

export type BulkRequest = { failOnErrors: number; entries: BulkEntry[] };

/** Reads a BulkRequest (RFC 7644 3.7). A faulty operation is a fault of its own and leaves the others. */
export function readBulkRequest(body: JsonObject): Result<BulkRequest> {
  return attempt(() => {
    const operations = memberNamed(body, "operations");
    if (!Array.isArray(operations)) return refuse("invalidSyntax", "The body needs a list named Operations.");
    if (operations.length > mostBulkOperations) {
      const most = mostBulkOperations.toLocaleString("en");
      refuse("tooMany", `A bulk request can hold ${most} operations at most. Nothing was changed.`, 413);
    }
    const failOnErrors = readFailOnErrors(memberNamed(body, "failonerrors") ?? null);
    const taken = new Set<string>();
    return { failOnErrors, entries: operations.map((operation) => readEntry(operation, taken)) };
  });
}

function readFailOnErrors(sent: Json): number {
  if (sent === null) return Number.POSITIVE_INFINITY;
  const count = typeof sent === "string" && /^\d+$/.test(sent) ? Number(sent) : sent;
  if (typeof count === "number" && Number.isInteger(count) && count > 0) return count;
  return refuse("invalidValue", `failOnErrors must be a whole number of 1 or more; '${shown(sent)}' was sent.`);
}

function readEntry(sent: Json, taken: Set<string>): BulkEntry {
  const operation = isObject(sent) ? sent : emptyObject();
  const text = (name: string) => {
    const value = memberNamed(operation, name);
    return typeof value === "string" ? value : undefined;
  };
  const bulkId = text("bulkid");
  return {
    sent,
    method: shown(text("method") ?? ""),
    path: shown(text("path") ?? ""),
    ...(bulkId === undefined ? {} : { bulkId }),
    read: attempt(() => {
      if (!isObject(sent)) return refuse("invalidSyntax", `An operation must be an object; '${shown(sent)}' was sent.`);
      const method = readMethod(memberNamed(sent, "method"));
      if (method === "POST") demandUnique(memberNamed(sent, "bulkid"), taken);
      return {
        method,
        ...readPath(memberNamed(sent, "path")),
        version: readVersion(memberNamed(sent, "version") ?? null),
        data: readData(method, memberNamed(sent, "data") ?? null),
      };
    }),
  };
}

function readMethod(sent: Json | undefined): BulkMethod {
  const word = typeof sent === "string" ? sent.trim().toUpperCase() : "";
  const method = methods.find((one) => one === word);
  return method ?? refuse("invalidSyntax", `method must be POST, PUT, PATCH or DELETE; '${shown(sent)}' was sent.`);
}

/** RFC 7644 3.7.2: a POST is known by its bulkId until the server has given it an id. */
function demandUnique(sent: Json | undefined, taken: Set<string>): void {
  const bulkId = typeof sent === "string" ? sent : "";
  if (bulkId === "") refuse("invalidSyntax", "A POST in a bulk request needs a bulkId, a text of your own.");
  if (taken.has(bulkId)) refuse("invalidSyntax", `The bulkId '${shown(bulkId)}' stands at an earlier POST already.`);
  taken.add(bulkId);
}

const endpoints: Record<string, ResourceType> = { "/users": "User", "/groups": "Group" };

function readPath(sent: Json | undefined): Pick<BulkOperation, "resource" | "id" | "query"> {
  if (typeof sent !== "string" || !sent.startsWith("/") || sent.startsWith("//")) {
    const form = "path must be relative to the base URL, such as /Users or /Users/{id}";
    return refuse("invalidSyntax", `${form}; '${shown(sent)}' was sent.`);
  }
  const mark = sent.indexOf("?");
  const path = (mark === -1 ? sent : sent.slice(0, mark)).replace(/\/$/, "");
  const [, endpoint = "", segment] = /^(\/[^/]*)(?:\/([^/]+))?$/.exec(path) ?? [];
  const name = foldName(endpoint);
  const resource = Object.hasOwn(endpoints, name) ? endpoints[name] : undefined;
  const id = decoded(segment ?? "");
  if (!resource || id === undefined) {
    return refuse(undefined, `A bulk request changes /Users and /Groups only; ${shown(sent)} is neither.`, 404);
  }
  return { resource, id, query: mark === -1 ? "" : sent.slice(mark + 1) };
}

function decoded(segment: string): string | undefined {
  try {
    return decodeURIComponent(segment);
  } catch {
    return undefined;
  }
}

function readVersion(sent: Json): string | null {
  if (sent === null || typeof sent === "string") return sent;
  return refuse("invalidSyntax", `version must be a text such as W/"1"; '${shown(sent)}' was sent.`);
}

function readData(method: BulkMethod, sent: Json): JsonObject {
  if (isObject(sent)) return sent;
  return method === "DELETE" ? emptyObject() : refuse("invalidSyntax", `A ${method} needs data, an object.`);
}

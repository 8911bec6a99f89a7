import "server-only";
import {
  deepestBulk,
  emptyObject,
  type JsonObject,
  largestBody,
  largestGroup,
  parseBody,
} from "lib/protocol/scim/json";
import type { ScimHandler } from "lib/provisioning/scim-call";
import { fail, orFail, ScimError } from "lib/provisioning/scim-error";
import { BodyError, readBody } from "./read-body";

/** "METHOD /Path/:id" or "* /Path" for every method -> its verb, or the sentence of a 501. */
export type EndpointTable = Record<string, ScimHandler | string>;

type Endpoint = { segments: string[]; handlers: Map<string, ScimHandler | string> };

export function readTable(table: EndpointTable): Endpoint[] {
  const endpoints = new Map<string, Endpoint>();
  for (const [key, handler] of Object.entries(table)) {
    const [method = "", path = ""] = key.split(" ");
    const endpoint = endpoints.get(path) ?? { segments: path.toLowerCase().split("/").slice(1), handlers: new Map() };
    endpoint.handlers.set(method, handler);
    endpoints.set(path, endpoint);
  }
  return [...endpoints.values()];
}

/** The handler of a path below the base URL, and its :id decoded once. 404 for any spelling that is none, 405 with Allow. */
export function findEndpoint(
  endpoints: Endpoint[],
  method: string,
  path: string,
): { handler: ScimHandler; id: string } {
  const segments = path.replace(/^\//, "").replace(/\/$/, "").split("/");
  const endpoint = endpoints.find(
    (candidate) =>
      candidate.segments.length === segments.length &&
      candidate.segments.every((name, index) => name === ":id" || name === segments[index]?.toLowerCase()),
  );
  if (!endpoint) return fail(404, undefined, "There is no SCIM endpoint at this address.");
  const handler = endpoint.handlers.get(method) ?? endpoint.handlers.get("*");
  if (!handler) {
    const allow = [...endpoint.handlers.keys()].join(", ");
    throw new ScimError({ status: 405, detail: `${method} is not possible here; possible is ${allow}.` }, { allow });
  }
  if (typeof handler === "string") return fail(501, undefined, handler);
  const last = endpoint.segments.at(-1) === ":id" ? (segments.at(-1) ?? "") : "";
  return { handler, id: decodeOnce(last) };
}

function decodeOnce(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return fail(404, undefined, "There is no SCIM endpoint at this address.");
  }
}

/** The request's JSON: type (415), size (413), syntax (400). Groups may be large; all else has 1 MiB. */
export async function readScimBody(request: Request, path: string, limitMs: number): Promise<JsonObject> {
  if (!["POST", "PUT", "PATCH"].includes(request.method)) return emptyObject();
  const type = (request.headers.get("content-type") ?? "").split(";")[0]?.trim().toLowerCase() ?? "";
  if (type !== "" && type !== "application/scim+json" && type !== "application/json") {
    fail(415, undefined, `Send application/scim+json or application/json, not ${type.slice(0, 60)}.`);
  }
  if (request.headers.has("content-encoding"))
    fail(415, undefined, "Send the body as it is, without Content-Encoding.");
  const cap = /^\/groups(\/|$)/i.test(path) ? largestGroup : largestBody;
  try {
    const bytes = await readBody(request, cap, limitMs);
    return orFail(/^\/bulk\/?$/i.test(path) ? parseBody(bytes, deepestBulk) : parseBody(bytes));
  } catch (error) {
    if (!(error instanceof BodyError)) throw error;
    if (error.kind !== "too_large") fail(400, "invalidSyntax", "The body did not arrive whole.");
    throw new ScimError(
      { status: 413, detail: `The body is larger than ${cap / largestBody} MiB. Nothing was changed.` },
      { connection: "close" },
    );
  }
}

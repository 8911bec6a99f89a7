import { foldName } from "./fold";
import { isObject, isReservedName, type Json, type JsonObject } from "./json";
import { locate } from "./locate";
import { refuse, shown } from "./messages";
import { coreUrn, type ResourceType } from "./schema";

/** One attribute's change; `explicit` where the client named it by path, not as a key of a value. */
export type Change = {
  op: "add" | "replace" | "remove";
  path: string;
  value: Json | undefined;
  explicit: boolean;
  /** URNs that the request declares as schemas, which decides where a URN ends and the attribute begins. */
  extensions: string[];
  /** An object behind a URN that nobody declared is an extension, as it would be in POST, unless the record knows better. */
  mayBeExtension?: boolean;
};

const mostOperations = 5_000;
const operationNames = new Set<string>(["add", "replace", "remove"]);
const isOperation = (word: string): word is Change["op"] => operationNames.has(word);

/** A member of an object in any letter case; parseBody has refused two of them. */
export function memberNamed(object: JsonObject, name: string): Json | undefined {
  // Folding keeps the length: of many names few are folded.
  return Object.entries(object).find(([one]) => one.length === name.length && foldName(one) === name)?.[1];
}

/** The operations of a PatchOp body as changes of one attribute each, in order (RFC 7644 3.5.2). */
export function readOperations(resource: ResourceType, body: JsonObject): Change[] {
  const operations = memberNamed(body, "operations");
  if (!Array.isArray(operations)) return refuse("invalidSyntax", "The body needs a list named Operations.");
  if (operations.length > mostOperations) refuseOperations();
  const extensions = declaredSchemas(body);
  const changes = operations.flatMap((operation) => readOperation(resource, operation, extensions));
  if (changes.length > mostOperations) refuseOperations();
  return changes;
}

const refuseOperations = (): never =>
  refuse("tooMany", `A request can hold ${mostOperations.toLocaleString("en")} operations at most.`, 413);

const declaredSchemas = (object: JsonObject): string[] => {
  const schemas = memberNamed(object, "schemas");
  const urns = Array.isArray(schemas) ? schemas.filter((urn) => typeof urn === "string") : [];
  return urns.filter((urn) => urn.includes(":") && urn.length <= 256).slice(0, 20);
};

function readOperation(resource: ResourceType, operation: Json, extensions: string[]): Change[] {
  if (!isObject(operation)) return refuse("invalidSyntax", "Each of the Operations must be an object.");
  const sent = memberNamed(operation, "op");
  const op = typeof sent === "string" ? foldName(sent) : "";
  if (!isOperation(op)) return refuse("invalidSyntax", `op must be add, replace or remove; '${shown(sent)}' was sent.`);
  const path = memberNamed(operation, "path") ?? "";
  const value = memberNamed(operation, "value");
  if (typeof path !== "string") return refuse("invalidPath", `path must be a text; '${shown(path)}' was sent.`);
  if (op === "remove" && path === "") refuse("noTarget", "remove needs a path.");
  if (op !== "remove" && value === undefined) refuse("invalidValue", `${op} needs a value.`);
  if (path !== "") return [{ op, path, value, explicit: true, extensions }];
  if (!isObject(value)) {
    return refuse("invalidValue", `${op} without a path needs an object as value; '${shown(value)}' was sent.`);
  }
  return changesOf(resource, op, value, [...extensions, ...declaredSchemas(value)]);
}

/** A value without path: each of its keys is a path, be it dotted or behind a URN. */
function changesOf(resource: ResourceType, op: Change["op"], value: JsonObject, extensions: string[]): Change[] {
  return Object.entries(value).flatMap(([key, inner]): Change[] => {
    if (isReservedName(key)) return [];
    const found = locate(resource, key, extensions);
    if (isObject(inner) && found?.name === undefined && found?.urn === coreUrn[resource]) {
      return changesOf(resource, op, inner, extensions);
    }
    const mayBeExtension =
      isObject(inner) && key.includes(":") && !found?.attribute && !extensions.includes(found?.urn ?? "");
    return [{ op, path: key, value: inner, explicit: false, extensions, mayBeExtension }];
  });
}

import type { BulkEntry, BulkOperation } from "./bulk-request";
import { foldName } from "./fold";
import { emptyObject, isObject, type Json, type JsonObject } from "./json";
import { memberNamed } from "./patch-operations";

const referencePattern = /^bulkId:(.+)$/s;
const quotedPattern = /"bulkId:([^"\\]+)"/g;

/** The attributes that hold ids of users and groups: `members` and `manager`, plain, by path, or behind a URN. */
const holdsIds = (name: string) => /(?:^|[.:])(?:members|manager)(?:\.value)?$/.test(foldName(name));

/** A path without its filter, which may be as long as the request. */
function withoutFilter(path: string): string {
  const open = path.indexOf("[");
  return open === -1 ? path : path.slice(0, open) + path.slice(path.lastIndexOf("]") + 1);
}

/** Each reference of RFC 7644 3.7.2 replaced: where ids of users and groups stand, nowhere else. */
function replaceIn(value: Json, isId: boolean, replace: (bulkId: string) => string): Json {
  if (Array.isArray(value)) return value.map((item) => replaceIn(item, isId, replace));
  if (isObject(value)) return replaceInObject(value, isId, replace);
  const bulkId = typeof value === "string" && isId ? referencePattern.exec(value)?.[1] : undefined;
  return bulkId === undefined ? value : replace(bulkId);
}

/** `isId`: the object is a member or a manager, whose `value` is an id; that of an e-mail is none. */
function replaceInObject(object: JsonObject, isId: boolean, replace: (bulkId: string) => string): JsonObject {
  const path = memberNamed(object, "path");
  const isValueId = typeof path === "string" ? holdsIds(withoutFilter(path)) : isId;
  const copy = emptyObject();
  for (const [name, value] of Object.entries(object)) {
    const key = foldName(name);
    copy[name] =
      key === "path" && typeof value === "string"
        ? replaceInFilter(value, replace)
        : replaceIn(value, key === "value" ? isValueId : holdsIds(name), replace);
  }
  return copy;
}

/** members[value eq "bulkId:x"] */
const replaceInFilter = (path: string, replace: (bulkId: string) => string): string =>
  holdsIds(path.split("[", 1).join(""))
    ? path.replace(quotedPattern, (_, bulkId) => JSON.stringify(replace(bulkId)))
    : path;

/** The operation with another id in place of each reference, in its path and in its data. */
export function withReferences(operation: BulkOperation, replace: (bulkId: string) => string): BulkOperation {
  const { id, data } = operation;
  const named = referencePattern.exec(id)?.[1];
  return { ...operation, id: named === undefined ? id : replace(named), data: replaceInObject(data, false, replace) };
}

/** The bulkIds that the operation refers to, each once. */
export function referencesOf(operation: BulkOperation): string[] {
  const found = new Set<string>();
  withReferences(operation, (bulkId) => {
    found.add(bulkId);
    return bulkId;
  });
  return [...found];
}

export type BulkStep = {
  /** The place of the operation in the request. */
  index: number;
  /** Operations that wait for each other, and those that wait for them, can never begin. */
  isCircular: boolean;
};

/**
 * The order in which operations run: as sent, but each behind those that make what it refers to. What nobody makes is
 * waited for by nobody: it is found missing when its turn comes.
 */
export function orderOperations(entries: readonly BulkEntry[]): BulkStep[] {
  const makers = new Map<string, number>();
  for (const [index, { bulkId, read }] of entries.entries()) {
    if (bulkId !== undefined && read.ok && read.value.method === "POST") makers.set(bulkId, index);
  }
  const followers = entries.map((): number[] => []);
  const open = entries.map(({ read }, index) => {
    const makersOf = read.ok ? referencesOf(read.value).flatMap((bulkId) => makers.get(bulkId) ?? []) : [];
    for (const maker of makersOf) followers[maker]?.push(index);
    return makersOf.length;
  });
  const waiting = new Set(entries.keys());
  const steps: BulkStep[] = [];
  for (;;) {
    // The first of those that wait for nothing more: a set keeps the order of the request.
    const index = [...waiting].find((one) => open[one] === 0);
    if (index === undefined) break;
    waiting.delete(index);
    steps.push({ index, isCircular: false });
    for (const follower of followers[index] ?? []) open[follower] = (open[follower] ?? 0) - 1;
  }
  return [...steps, ...[...waiting].map((index) => ({ index, isCircular: true }))];
}

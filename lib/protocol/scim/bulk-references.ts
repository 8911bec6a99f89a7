import type { BulkEntry, BulkOperation } from "./bulk-request";
import { foldName } from "./fold";
import { emptyObject, isObject, type Json, type JsonObject } from "./json";
import { memberNamed } from "./patch-operations";

const referencePattern = /^bulkId:(.+)$/s;
const quotedPattern = /"bulkId:([^"\\]+)"/g;

/** `value`, `members` and `manager`, plain or as the end of a path or of a name behind a URN. */
const isReferring = (name: string) => /(?:^|[.:])(?:value|members|manager)$/.test(foldName(name));

/** Each reference of RFC 7644 3.7.2 replaced: where ids of users and groups stand, nowhere else. */
function replaceIn(value: Json, name: string, replace: (bulkId: string) => string): Json {
  if (typeof value === "string") return replaceText(value, name, replace);
  if (Array.isArray(value)) return value.map((item) => replaceIn(item, name, replace));
  return isObject(value) ? replaceInObject(value, replace) : value;
}

function replaceInObject(object: JsonObject, replace: (bulkId: string) => string): JsonObject {
  const path = memberNamed(object, "path");
  const copy = emptyObject();
  for (const [name, value] of Object.entries(object)) {
    // The value of a PATCH operation is that of the attribute at its path.
    const attribute = typeof path === "string" && foldName(name) === "value" ? path.replace(/\[.*\]$/s, "") : name;
    copy[name] = replaceIn(value, attribute, replace);
  }
  return copy;
}

function replaceText(text: string, name: string, replace: (bulkId: string) => string): string {
  // members[value eq "bulkId:x"]
  if (foldName(name) === "path") return text.replace(quotedPattern, (_, bulkId) => JSON.stringify(replace(bulkId)));
  const bulkId = isReferring(name) ? referencePattern.exec(text)?.[1] : undefined;
  return bulkId === undefined ? text : replace(bulkId);
}

/** The operation with another id in place of each reference, in its path and in its data. */
export function withReferences(operation: BulkOperation, replace: (bulkId: string) => string): BulkOperation {
  const { id, data } = operation;
  const named = referencePattern.exec(id)?.[1];
  return { ...operation, id: named === undefined ? id : replace(named), data: replaceInObject(data, replace) };
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

import { attributesOf } from "./filter";
import { foldName } from "./fold";
import { copyJson, emptyObject, isObject, isReservedName, type Json, type JsonObject, own } from "./json";
import { locate } from "./locate";
import { refuse, shown } from "./messages";
import { changeElements, type ListPath, removeNamed } from "./patch-element";
import type { Change } from "./patch-operations";
import { type PatchPath, parsePath } from "./patch-path";
import { containerOf, dropEmptyExtension, isSchemas } from "./read-body";
import { type Attribute, coreUrn, findAttribute, type ResourceType } from "./schema";
import { equalJson, isNotSet, mergeElements, readElements, readUnknown, readValue, setSubAttributes } from "./values";

// Names and elements that the operations of one request may make us look at: a hostile one ends within a blink.
const mostWork = 2_000_000;

/** Applies changes one after the other to a document that the caller owns; answers the password that came with them. */
export function applyChanges(
  resource: ResourceType,
  document: JsonObject,
  changes: readonly Change[],
  present: JsonObject,
): string | undefined {
  let password: string | undefined;
  let work = 0;
  for (const change of changes) {
    const stored = Object.keys(document).filter((name) => name.includes(":"));
    const path = resolvePath(resource, change, stored);
    work += costOf(document, path, change.value) + 10 * stored.length;
    if (work > mostWork) refuse("tooMany", "The operations of this request are too many for so large a record.", 413);
    if (isIgnored(path, change, present)) continue;
    if (path.attribute?.mutability === "writeOnly") {
      if (typeof change.value === "string" && change.value !== "" && change.op !== "remove") password = change.value;
      continue;
    }
    applyChange(resource, document, change, path);
  }
  return password;
}

/** Every element sent is compared with those stored and sent before it; every name stored is looked at. */
function costOf(document: JsonObject, { urn, name, filter }: PatchPath, value: Json | undefined): number {
  const container = urn === undefined ? document : own(document, urn);
  const target = name === undefined ? container : isObject(container) ? own(container, name) : undefined;
  const stored = sizeOf(target);
  const sent = Math.max(1, sizeOf(value));
  const names = 3 * Object.keys(document).length + (isObject(container) ? Object.keys(container).length : 0);
  return names + (filter ? 10 * attributesOf(filter).length * stored : 0) + (stored + sent) * sent;
}

const sizeOf = (value: Json | undefined): number =>
  Array.isArray(value) ? value.length : isObject(value) ? Object.keys(value).length : 0;

/** The path of a change. A key that no path can spell is the plain name of an unknown attribute. */
export function resolvePath(resource: ResourceType, change: Change, stored: readonly string[]): PatchPath {
  const { path, explicit, extensions, mayBeExtension } = change;
  if (!explicit && path.length <= 256 && !/[.:[\]"]/.test(path) && !locate(resource, path)) return { name: path };
  const isExtension = mayBeExtension && !stored.some((urn) => isBelow(urn, path));
  return parsePath(resource, path, [...stored, ...extensions, ...(isExtension ? [path] : [])]);
}

const isBelow = (urn: string, path: string) =>
  foldName(path).startsWith(`${foldName(urn)}:`) && !path.slice(urn.length + 1).includes(":");

/**
 * What the server makes itself: without a path it is passed over, by explicit path only where it changes nothing
 * (RFC 7644 3.5.2). Okta sends `id` beside a group's new name.
 */
export function isIgnored(
  { urn, name, attribute, sub, filter }: PatchPath,
  change: Change,
  present: JsonObject,
): boolean {
  if (urn === undefined && name !== undefined && isSchemas(name)) return true;
  if (attribute?.mutability !== "readOnly") return false;
  const unchanged =
    sub === undefined && !filter && change.op !== "remove" && equalJson(own(present, attribute.name), change.value);
  if (change.explicit && !unchanged) refuse("mutability", `${attribute.name} is read-only.`);
  return true;
}

function applyChange(resource: ResourceType, document: JsonObject, change: Change, path: PatchPath): void {
  const { urn, name } = path;
  if (name === undefined) {
    applyToSchema(resource, document, change, urn ?? "");
    return;
  }
  const container = containerOf(document, urn);
  const key = path.attribute ? name : storedName(container, name);
  const named = { ...path, name: key };
  const before = own(container, key);
  const after = changedValue(before, change, named);
  if (isNotSet(after)) {
    refuseEmptied(path, change);
    delete container[key];
  } else if (after !== undefined) container[key] = after;
  dropEmptyExtension(document, urn);
}

/** A URN without attribute: all of an extension's attributes at once, those not named stay. */
function applyToSchema(resource: ResourceType, document: JsonObject, change: Change, urn: string): void {
  const { op, value = null } = change;
  if (urn === coreUrn[resource]) refuse("invalidPath", "The path names a whole resource; name an attribute.");
  if (op === "remove" || value === null) {
    delete document[urn];
    return;
  }
  if (!isObject(value)) refuse("invalidValue", `${shown(urn)} must be an object; '${shown(value)}' was sent.`);
  for (const name of Object.keys(value).filter((one) => !isReservedName(one))) {
    const attribute = findAttribute(resource, urn, name);
    const path = { urn, name: attribute?.name ?? name, ...(attribute ? { attribute } : {}) };
    applyChange(resource, document, { ...change, value: own(value, name) }, path);
  }
}

function changedValue(before: Json | undefined, change: Change, path: ListPath): Json | undefined {
  if (path.filter || path.sub !== undefined) return changedPart(before, change, path, path.sub);
  if (!path.attribute) return changedUnknown(before, change);
  return changedWhole(before, change, path.attribute);
}

/** `emails[type eq "work"]`, `emails.value`, `name.givenName`. */
function changedPart(
  before: Json | undefined,
  change: Change,
  path: ListPath,
  sub: string | undefined,
): Json | undefined {
  const isList = path.attribute ? path.attribute.multiValued : Array.isArray(before) || path.filter !== undefined;
  if (isList) {
    if (before !== undefined && !Array.isArray(before)) refuse("invalidPath", `${path.name} is no list.`);
    return changeElements(before ?? [], change, path);
  }
  if (before !== undefined && !isObject(before)) refuse("invalidPath", `${path.name} has no sub-attributes.`);
  const object = isObject(before) ? before : emptyObject();
  if (sub === undefined) return object;
  const value = change.op === "remove" ? null : (change.value ?? null);
  if (path.attribute) setSubAttributes(path.attribute, object, { [sub]: value }, path.name);
  else if (isNotSet(value)) delete object[sub];
  else object[sub] = readUnknown(value) ?? null;
  return object;
}

function changedWhole(before: Json | undefined, { op, value = null }: Change, attribute: Attribute): Json | undefined {
  const { name } = attribute;
  if (attribute.multiValued) {
    const list = Array.isArray(before) ? before.filter(isObject) : [];
    if (op === "remove") return value === null ? undefined : removeNamed(list, value, attribute);
    const sent = isNotSet(value) ? [] : readElements(attribute, value, name);
    return op === "replace" ? sent : mergeElements(list, sent, name);
  }
  if (op === "remove") return undefined;
  if (name === "active" && value === null) refuse("invalidValue", "active must be true or false; 'null' was sent.");
  const sent = Array.isArray(value) && value.length === 1 ? value[0] : value;
  if (attribute.type !== "complex" || !isObject(sent)) return mergedComplex(before, readValue(attribute, value));
  const object = isObject(before) ? before : emptyObject();
  setSubAttributes(attribute, object, sent, name);
  return object;
}

/** A manager sent as a bare id becomes `value` beside what is stored. */
const mergedComplex = (before: Json | undefined, read: Json | undefined) =>
  isObject(before) && isObject(read) ? Object.assign(before, read) : read;

function changedUnknown(before: Json | undefined, { op, value = null }: Change): Json | undefined {
  if (Array.isArray(before) && op === "remove" && value !== null) {
    const named = Array.isArray(value) ? value : [value];
    return before.filter((item) => !named.some((one) => equalJson(one, item)));
  }
  if (op !== "remove" && isObject(before) && isObject(value)) return Object.assign(before, copyJson(value));
  const sent = op === "remove" ? undefined : readUnknown(value);
  if (sent === undefined) return op === "add" && Array.isArray(before) ? before : undefined;
  if (op === "add" && Array.isArray(before)) {
    const added = Array.isArray(sent) ? sent : [sent];
    return [...before, ...added.filter((item) => !before.some((one) => equalJson(one, item)))];
  }
  return sent;
}

function storedName(container: JsonObject, name: string): string {
  if (Object.hasOwn(container, name)) return name;
  const key = foldName(name);
  return Object.keys(container).find((one) => foldName(one) === key) ?? name;
}

function refuseEmptied({ urn, attribute }: PatchPath, { op }: Change): void {
  const isProtected = urn === undefined && (attribute?.required || attribute?.name === "active");
  if (isProtected) {
    refuse("mutability", `${attribute?.name} cannot be ${op === "remove" ? "removed" : "emptied"}.`);
  }
}

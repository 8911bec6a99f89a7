import { foldName } from "./fold";
import { isObject, type Json, type JsonObject } from "./json";
import { isNotSet } from "./values";

/** `password` as a name by itself, at the end of a URN or path, or before a dot. */
const isPasswordName = (name: string) => /(?:^|[.:])password(?:\.|$)/.test(foldName(name));

/**
 * Takes every attribute named password out of a document: in a group, in an extension, in an attribute that no schema
 * knows. RFC 7643 4.1.1 and 7.1: a password is kept in no record, wherever a client puts it. What is left empty goes.
 */
export function dropPasswords(document: JsonObject): void {
  for (const [name, value] of Object.entries(document)) {
    if (isPasswordName(name) || isEmptied(value)) delete document[name];
  }
}

function isEmptied(value: Json): boolean {
  if (Array.isArray(value)) {
    for (const item of value) isEmptied(item);
    return false;
  }
  if (!isObject(value) || isNotSet(value)) return false;
  dropPasswords(value);
  return isNotSet(value);
}

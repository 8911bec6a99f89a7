import { emptyObject, isObject, isReservedName, type Json, type JsonObject, own } from "./json";
import { checkNames } from "./limits";
import { type Location, locate } from "./locate";
import { enterpriseUrn } from "./messages";
import { type Attribute, coreUrn, findAttribute, type ResourceType } from "./schema";
import { isNotSet, readUnknown, readValue } from "./values";

/** A name of a body and where it belongs; `attribute` is undefined where the schema does not know it. */
export type Entry = { urn?: string; name: string; attribute?: Attribute; value: Json };

/** Where an attribute of `urn` is kept in a document; made where it is missing. */
export function containerOf(document: JsonObject, urn: string | undefined): JsonObject {
  if (urn === undefined) return document;
  const present = own(document, urn);
  if (isObject(present)) return present;
  const made = emptyObject();
  document[urn] = made;
  return made;
}

export function dropEmptyExtension(document: JsonObject, urn: string | undefined): void {
  if (urn !== undefined && isNotSet(own(document, urn))) delete document[urn];
}

function entriesOf(resource: ResourceType, body: JsonObject): Entry[] {
  checkNames(body);
  return Object.entries(body).flatMap(([key, value]): Entry[] => {
    if (isReservedName(key)) return [];
    const attribute = findAttribute(resource, undefined, key);
    if (attribute) return [{ name: attribute.name, attribute, value }];
    const found = locate(resource, key);
    if (isObject(value) && isWhole(resource, found)) {
      return found.urn === coreUrn[resource]
        ? entriesOf(resource, value)
        : extensionEntries(resource, found.urn, value);
    }
    // An unknown URN with an object is an extension of the customer's own.
    if (isObject(value) && key.includes(":") && !found?.attribute) return extensionEntries(resource, key, value);
    if (found?.attribute && found.sub === undefined) {
      return [{ urn: found.urn, name: found.attribute.name, attribute: found.attribute, value }];
    }
    return [{ name: key, value }];
  });
}

const isWhole = (resource: ResourceType, found: Location | undefined): found is Location & { urn: string } =>
  found?.name === undefined && (found?.urn === coreUrn[resource] || found?.urn === enterpriseUrn);

function extensionEntries(resource: ResourceType, urn: string, value: JsonObject): Entry[] {
  checkNames(value);
  return Object.entries(value).flatMap(([name, inner]): Entry[] => {
    if (isReservedName(name)) return [];
    const attribute = findAttribute(resource, urn, name);
    return [{ urn, name: attribute?.name ?? name, ...(attribute ? { attribute } : {}), value: inner }];
  });
}

/**
 * A POST or PUT body as a document in canonical spelling, without what it means as "not set". What the server makes
 * itself is left out; `password` and a group's `members` are handed back apart.
 */
export function readBody(resource: ResourceType, body: JsonObject) {
  const document = emptyObject();
  let password: string | undefined;
  let members: Json | undefined;
  const entries = entriesOf(resource, body).sort((a, b) => Number(a.urn !== undefined) - Number(b.urn !== undefined));
  for (const { urn, name, attribute, value } of entries) {
    if (attribute?.mutability === "readOnly" || (urn === undefined && isSchemas(name))) continue;
    if (attribute?.mutability === "writeOnly") {
      if (typeof value === "string" && value !== "") password = value;
      continue;
    }
    if (attribute?.name === "members") {
      members = value;
      continue;
    }
    const read = attribute ? readValue(attribute, value) : readUnknown(value);
    if (read !== undefined) containerOf(document, urn)[name] = read;
  }
  return { document, password, members };
}

/** RFC 7643 3: only names the schemas; ours are computed, theirs is never a reason to refuse. */
export const isSchemas = (name: string) => name.toLowerCase() === "schemas";

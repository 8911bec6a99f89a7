import { isObject, type Json, type JsonObject } from "./json";
import { enterpriseUrn, refuse } from "./messages";
import { type Attribute, findAttribute, findSubAttribute, type ResourceType } from "./schema";

const longestText = 2_048;
const longestBlob = 16_384;
const mostUnknownNames = 200;
const deepestUnknown = 8;
const largestRecord = 65_536;
const blobs = new Set(["photos", "x509Certificates"]);

const counted = (count: number) => count.toLocaleString("en");

const refuseNames = (): never =>
  refuse("invalidValue", `The record has more than ${mostUnknownNames} attributes that SCIM does not define.`);

/** Refuses a body of so many names that most are unknown, before they are looked at one by one. */
export function checkNames(body: JsonObject): void {
  if (Object.keys(body).length > 2 * mostUnknownNames) refuseNames();
}

/** Refuses a record that is too large, naming the attribute and the limit. */
export function checkLimits(resource: ResourceType, document: JsonObject): void {
  let unknownNames = 0;

  function checkValue(value: Json, path: string, limit: number, attribute: Attribute | undefined, depth: number): void {
    if (typeof value === "string" && value.length > limit) {
      refuse("invalidValue", `${path} is longer than ${counted(limit)} characters.`);
    }
    if (typeof value !== "object" || value === null) return;
    if (!attribute && depth > deepestUnknown) {
      refuse("invalidValue", `${path} is nested deeper than ${deepestUnknown} levels.`);
    }
    if (Array.isArray(value)) {
      for (const item of value) checkValue(item, path, limit, attribute, depth + 1);
      return;
    }
    for (const [name, inner] of Object.entries(value)) {
      const sub = attribute && findSubAttribute(attribute, name);
      if (!sub) unknownNames++;
      checkValue(inner, `${path}.${name}`, limit, sub, depth + 1);
    }
  }

  function checkAttributes(attributes: JsonObject, urn: string | undefined): void {
    for (const [name, value] of Object.entries(attributes)) {
      if (urn === undefined && name === enterpriseUrn && resource === "User" && isObject(value)) {
        checkAttributes(value, enterpriseUrn);
        continue;
      }
      const attribute = findAttribute(resource, urn, name);
      if (!attribute) unknownNames++;
      const limit = attribute && blobs.has(attribute.name) ? longestBlob : longestText;
      checkValue(value, name.slice(0, 80), limit, attribute, 1);
    }
  }

  checkAttributes(document, undefined);
  if (unknownNames > mostUnknownNames) refuseNames();
  if (new TextEncoder().encode(JSON.stringify(document)).length > largestRecord) {
    refuse("invalidValue", "The record is larger than 64 KiB.");
  }
}

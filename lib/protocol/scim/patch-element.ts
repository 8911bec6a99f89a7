import { evaluate } from "./evaluate";
import type { Filter } from "./filter";
import { copyJson, emptyObject, isObject, type Json, type JsonObject, own } from "./json";
import { refuse } from "./messages";
import type { Change } from "./patch-operations";
import type { PatchPath } from "./patch-path";
import { type Attribute, findSubAttribute } from "./schema";
import {
  equalJson,
  isNotSet,
  makePrimary,
  mergeElements,
  readElements,
  readUnknown,
  readValue,
  setSubAttributes,
} from "./values";

/** A path that leads to a list of objects. */
export type ListPath = PatchPath & { name: string };

/**
 * Changes elements of a list in place, or makes the one that the filter describes; answers the list. Plain values, in a
 * list that no schema knows, have no sub-attributes and stay.
 */
export function changeElements(list: Json[], { op, value = null }: Change, path: ListPath): Json[] {
  const { filter, sub } = path;
  const elements = list.filter(isObject);
  const chosen = filter ? elements.filter((element) => evaluate(filter, element)) : elements;
  if (op === "remove" || (sub === undefined && isNotSet(value))) {
    if (sub === undefined) {
      const gone = new Set<Json>(chosen);
      return list.filter((element) => !gone.has(element));
    }
    for (const element of chosen) delete element[sub];
    return list;
  }
  if (chosen.length > 0) {
    for (const element of chosen) setInElement(elements, element, value, path);
    return list;
  }
  if (isNotSet(value)) return list;
  const described = filter ? elementDescribedBy(filter, path) : emptyObject();
  const made = copyJson(described);
  setInElement([], made, value, path);
  // The same request again finds what it made, also where it changed the very value that it searched for.
  const asked = filter ? conjunction(filter).filter((term) => isAbout(term, made, described)) : [];
  const told = Object.entries(made).filter(([name, inner]) => inner !== described[name]);
  const isMade = (element: JsonObject) =>
    asked.every((term) => evaluate(term, element)) &&
    told.every(([name, inner]) => equalJson(own(element, name), inner));
  if (elements.some(isMade)) return list;
  return path.attribute ? mergeElements(elements, [made], path.name) : [...list, made];
}

/** Whether a term asks for what the change leaves as it is. */
function isAbout(term: Filter, made: JsonObject, described: JsonObject): boolean {
  const name = term.kind === "compare" ? (term.attribute.steps[0] ?? "") : "";
  return own(made, name) === own(described, name);
}

function setInElement(list: readonly JsonObject[], element: JsonObject, value: Json, path: ListPath): void {
  const { sub, subAttribute, attribute, name } = path;
  if (sub !== undefined) {
    const read = subAttribute ? readValue(subAttribute, value, `${name}.${sub}`) : readUnknown(value);
    if (read === undefined) delete element[sub];
    else element[sub] = read;
  } else if (isObject(value)) {
    if (attribute) setSubAttributes(attribute, element, value, name);
    else Object.assign(element, readUnknown(value));
  } else if (typeof value !== "object" && (!attribute || findSubAttribute(attribute, "value"))) {
    element.value = String(value);
  } else {
    refuse("invalidValue", `An element of ${name} must be an object.`);
  }
  const wantsPrimary = sub === "primary" || (isObject(value) && Object.hasOwn(element, "primary"));
  if (wantsPrimary && own(element, "primary") === true) makePrimary(list, element);
}

/** `[type eq "work" and primary eq true]` says what a new element looks like; any other filter does not. */
function elementDescribedBy(filter: Filter, path: ListPath): JsonObject {
  const element = emptyObject();
  for (const term of conjunction(filter)) {
    const name = term.kind === "compare" && term.operator === "eq" ? term.attribute.steps[0] : undefined;
    if (term.kind !== "compare" || name === undefined) {
      return refuse("noTarget", `No element of ${path.name} fits the filter, and it does not describe a new one.`);
    }
    element[name] = typeof term.value === "boolean" ? term.value : path.attribute ? String(term.literal) : term.literal;
  }
  return element;
}

const conjunction = (filter: Filter): readonly Filter[] =>
  filter.kind === "and" ? filter.terms.flatMap(conjunction) : [filter];

/** The list without the elements that the client names: by `value` where given, whatever is stored beside it. */
export function removeNamed(list: JsonObject[], sent: Json, attribute: Attribute): JsonObject[] {
  const named = readElements(attribute, sent, attribute.name);
  return list.filter((element) => !named.some((one) => isNamedBy(element, one)));
}

const beside = new Set(["display", "$ref", "primary"]);

function isNamedBy(element: JsonObject, named: JsonObject): boolean {
  return Object.entries(named).every(([name, value]) => beside.has(name) || equalJson(own(element, name), value));
}

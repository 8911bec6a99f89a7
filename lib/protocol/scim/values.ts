import { copyJson, emptyObject, isObject, isReservedName, type Json, type JsonObject, own } from "./json";
import { refuse, shown } from "./messages";
import { type Attribute, findSubAttribute } from "./schema";

const mostElements = 1_000;

/** null, "", [] and {} mean "not set" and are not stored. */
export const isNotSet = (value: Json | undefined): boolean =>
  value === undefined ||
  value === null ||
  value === "" ||
  (Array.isArray(value) && value.length === 0) ||
  (isObject(value) && Object.keys(value).length === 0);

/** Whether anything is said. Blanks alone are no text, as their key is empty; `exact`: where blanks count. */
export const isPresent = (value: Json, exact = false): boolean => {
  if (typeof value === "string") return (exact ? value : value.trim()) !== "";
  if (typeof value !== "object") return true;
  return value !== null && Object.values(value).some((inner) => isPresent(inner));
};

/** A boolean, or "true" and "false" in any letter case as Entra sends them. */
export function readBoolean(value: Json, path: string): boolean {
  if (typeof value === "boolean") return value;
  const word = typeof value === "string" ? value.trim().toLowerCase() : "";
  if (word === "true" || word === "false") return word === "true";
  return refuse("invalidValue", `${path} must be true or false; '${shown(value)}' was sent.`);
}

/** A value in canonical spelling and type, undefined where it means "not set". Refuses what the schema cannot hold. */
export function readValue(attribute: Attribute, value: Json, path = attribute.name): Json | undefined {
  // "", [] and {} for `active` are refused: a guess would let somebody in.
  if (attribute.name === "active") return value === null ? undefined : readBoolean(value, path);
  if (isNotSet(value)) return undefined;
  if (attribute.multiValued) {
    const list = readElements(attribute, value, path);
    return list.length > 0 ? list : undefined;
  }
  if (attribute.type === "complex") return readComplex(attribute, value, path);
  if (attribute.type === "boolean") return readBoolean(value, path);
  if (typeof value === "object") return refuse("invalidValue", `${path} must be a text; '${shown(value)}' was sent.`);
  return String(value);
}

export function readUnknown(value: Json): Json | undefined {
  return isNotSet(value) ? undefined : copyJson(value);
}

function readComplex(attribute: Attribute, sent: Json, path: string): JsonObject | undefined {
  // Entra sends a manager as an array of one.
  const value = Array.isArray(sent) && sent.length === 1 && sent[0] !== undefined ? sent[0] : sent;
  if (isNotSet(value)) return undefined;
  const valueAttribute = findSubAttribute(attribute, "value");
  const complex = emptyObject();
  if (typeof value !== "object" && valueAttribute) complex.value = String(value);
  else if (isObject(value)) setSubAttributes(attribute, complex, value, path);
  else refuse("invalidValue", `${path} must be an object; '${shown(value)}' was sent.`);
  return Object.keys(complex).length > 0 ? complex : undefined;
}

/** Sets the named sub-attributes of a complex value, removes those sent as "not set", leaves the others. */
export function setSubAttributes(attribute: Attribute, target: JsonObject, sent: JsonObject, path: string): void {
  for (const [name, value] of Object.entries(sent)) {
    if (isReservedName(name)) continue;
    const sub = findSubAttribute(attribute, name);
    const read = sub ? readValue(sub, value, `${path}.${sub.name}`) : readUnknown(value);
    if (read === undefined) delete target[sub?.name ?? name];
    else target[sub?.name ?? name] = read;
  }
}

/** The elements of a list as sent: one object or plain value stands for a list of one. */
export function readElements(attribute: Attribute, sent: Json, path: string): JsonObject[] {
  const list = Array.isArray(sent) ? sent : [sent];
  const elements = list.flatMap((item) => {
    const element = readElement(attribute, item, path);
    return element ? [element] : [];
  });
  return mergeElements([], elements, path);
}

const labels = new Set(["type", "primary", "display"]);

function readElement(attribute: Attribute, sent: Json, path: string): JsonObject | undefined {
  const element = Array.isArray(sent)
    ? refuse("invalidValue", `${path} must be a list of objects; '${shown(sent)}' was sent.`)
    : readComplex(attribute, sent, path);
  return element && hasContent(element) ? element : undefined;
}

/** An element that says nothing but type, primary and display is no value. */
export const hasContent = (element: JsonObject) =>
  Object.entries(element).some(([name, value]) => !labels.has(name) && isPresent(value));

/** The list with what is added: equal elements collapse, and the last one sent as primary is the only primary. */
export function mergeElements(
  present: readonly JsonObject[],
  added: readonly JsonObject[],
  path: string,
): JsonObject[] {
  if (present.length + added.length > mostElements) {
    refuse("invalidValue", `${path} has more than ${mostElements.toLocaleString("en")} values.`);
  }
  const merged = [...present];
  let primary: JsonObject | undefined;
  for (const element of added) {
    const same = merged.find((other) => equalElements(other, element));
    if (!same) merged.push(element);
    if (own(element, "primary") === true) primary = same ?? element;
  }
  if (primary) makePrimary(merged, primary);
  return merged;
}

/** RFC 7643 2.4: primary is true for at most one element. */
export function makePrimary(list: readonly JsonObject[], chosen: JsonObject): void {
  for (const element of list) if (own(element, "primary") === true) element.primary = false;
  chosen.primary = true;
}

function equalElements(a: JsonObject, b: JsonObject): boolean {
  if (own(a, "value") !== own(b, "value")) return false;
  const names = Object.keys(a).filter((name) => name !== "primary");
  const others = Object.keys(b).filter((name) => name !== "primary");
  return names.length === others.length && names.every((name) => equalJson(own(a, name), own(b, name)));
}

export function equalJson(a: Json | undefined, b: Json | undefined): boolean {
  if (a === b) return true;
  if (Array.isArray(a) && Array.isArray(b)) {
    return a.length === b.length && a.every((item, index) => equalJson(item, b[index]));
  }
  if (!isObject(a) || !isObject(b)) return false;
  const names = Object.keys(a);
  return names.length === Object.keys(b).length && names.every((name) => equalJson(a[name], own(b, name)));
}

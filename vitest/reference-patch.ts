// What a PATCH of a user does, written once more from RFC 7644 3.5.2 and scim.md section 5: operation by operation on a
// plain object, from what was meant, with nothing of the kernel's.
import { fitsReference } from "./reference-filter";
import type { SentFilter } from "./scim-filters";
import { type Path, printPath, type SentOperation } from "./scim-patches";
import { enterpriseUrn } from "./scim-records";

type Plain = Record<string, unknown>;
export type Outcome = { document: Plain } | { refused: string };

class Refused extends Error {}
const refuse = (scimType: string): never => {
  throw new Refused(scimType);
};

const labelled = ["value", "display", "type", "primary", "$ref"];
const parts: Record<string, string[]> = {
  ...{ userName: [], displayName: [], nickName: [], title: [], userType: [], locale: [], externalId: [], active: [] },
  ...{ password: [], id: [], groups: labelled, meta: ["version"], schemas: [] },
  name: ["formatted", "familyName", "givenName", "middleName"],
  ...{ emails: labelled, roles: labelled, phoneNumbers: labelled },
  addresses: ["formatted", "locality", "country", "type", "primary"],
  ...{ department: [], costCenter: [], employeeNumber: [], manager: ["value", "displayName"] },
};
const lists = ["emails", "roles", "phoneNumbers", "addresses"];
const ofEnterprise = ["department", "costCenter", "employeeNumber", "manager"];

const spelling = (names: string[], sent: string) => names.find((one) => one.toLowerCase() === sent.toLowerCase());

const isObject = (value: unknown): value is Plain =>
  typeof value === "object" && value !== null && !Array.isArray(value);
const copy = <T>(value: T): T => JSON.parse(JSON.stringify(value));
const same = (a: unknown, b: unknown): boolean => {
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return a === b;
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  const keys = [...new Set([...Object.keys(a), ...Object.keys(b)])];
  return keys.every((key) => key in a && key in b && same((a as Plain)[key], (b as Plain)[key]));
};
const unset = (value: unknown) =>
  value === undefined ||
  value === null ||
  value === "" ||
  (typeof value === "object" && Object.keys(value).length === 0);

const textOf = (value: unknown): string | undefined => {
  if (unset(value)) return undefined;
  return typeof value === "object" ? refuse("invalidValue") : String(value);
};
const flagOf = (value: unknown): boolean => {
  if (typeof value === "boolean") return value;
  const word = typeof value === "string" ? value.trim().toLowerCase() : "";
  return word === "true" ? true : word === "false" ? false : (refuse("invalidValue") as boolean);
};
/** One sub-attribute, set or unassigned. */
function setPart(object: Plain, attribute: string, sent: string, value: unknown): void {
  const known = spelling(parts[attribute] ?? [], sent);
  const key = known ?? sent;
  const read = unset(value) ? undefined : !known ? copy(value) : known === "primary" ? flagOf(value) : textOf(value);
  if (read === undefined) delete object[key];
  else object[key] = read;
}

function merge(attribute: string, object: Plain, value: Plain): Plain {
  for (const [name, inner] of Object.entries(value)) setPart(object, attribute, name, inner);
  return object;
}

const says = (value: unknown): boolean =>
  typeof value === "string"
    ? value.trim() !== ""
    : isObject(value) || Array.isArray(value)
      ? Object.values(value).some(says)
      : value !== null && value !== undefined;
const isElement = (element: Plain) =>
  Object.keys(element).some((name) => !["type", "primary", "display"].includes(name) && says(element[name]));

function elementsOf(attribute: string, value: unknown): Plain[] {
  const sent = Array.isArray(value) ? value : [value];
  const read = sent.map((item) => {
    if (Array.isArray(item)) return refuse("invalidValue") as Plain;
    if (unset(item)) return {};
    if (isObject(item)) return merge(attribute, {}, item);
    return attribute === "addresses" ? (refuse("invalidValue") as Plain) : { value: String(item) };
  });
  return union([], read.filter(isElement));
}

const beside = (element: Plain) => ({ ...element, primary: undefined });
const equal = (a: Plain, b: Plain) => same(copy(beside(a)), copy(beside(b)));

function makePrimary(list: Plain[], chosen: Plain): void {
  for (const element of list) if (element !== chosen && element.primary === true) element.primary = false;
  chosen.primary = true;
}

/** Equal elements are one; the last one sent as primary is the primary. */
function union(present: Plain[], added: Plain[]): Plain[] {
  const all = [...present];
  let primary: Plain | undefined;
  for (const element of added) {
    const twin = all.find((other) => equal(other, element));
    if (!twin) all.push(element);
    if (element.primary === true) primary = twin ?? element;
  }
  if (primary) makePrimary(all, primary);
  return all;
}

const fold = (value: unknown) => String(value).trim().normalize("NFC").toLowerCase();

type Change = { op: string; path: Path; value: unknown; explicit: boolean };

/** `members of the filter` as an element; only eq and and say what it looks like. */
function described(filter: SentFilter, attribute: string): Plain {
  if (filter.kind === "and") return Object.assign({}, ...filter.terms.map((term) => described(term, attribute)));
  if (filter.kind !== "term" || filter.operator.toLowerCase() !== "eq") return refuse("noTarget") as Plain;
  const literal: unknown = JSON.parse(filter.literal === "1e400" ? '"Infinity"' : filter.literal);
  if (literal === null || String(literal).trim() === "") return refuse("noTarget") as Plain;
  const name = spelling(parts[attribute] ?? [], filter.name) ?? filter.name;
  return { [name]: name === "primary" ? flagOf(literal) : String(literal) };
}

function changeList(list: Plain[], attribute: string, { op, path, value }: Change): Plain[] {
  const { filter, sub } = path;
  const key = sub === undefined ? undefined : (spelling(parts[attribute] ?? [], sub) ?? sub);
  const chosen = list.filter((element) => !filter || fitsReference(filter, element, attribute.toLowerCase()));
  const set = (element: Plain, all: Plain[]) => {
    if (sub !== undefined) setPart(element, attribute, sub, value);
    else if (isObject(value)) merge(attribute, element, value);
    else if (Array.isArray(value) || attribute === "addresses") refuse("invalidValue");
    else element.value = String(value);
    if (element.primary === true && (key === "primary" || isObject(value))) makePrimary(all, element);
  };
  if (op === "remove" || unset(value)) {
    if (key === undefined) return list.filter((element) => !chosen.includes(element));
    for (const element of chosen) delete element[key];
    return list;
  }
  for (const element of chosen) set(element, list);
  if (chosen.length > 0) return list;
  const asked = filter ? described(filter, attribute) : {};
  const made = { ...asked };
  set(made, []);
  // What is there already is not made again: the same request twice leaves the same.
  const fits = (element: Plain, name: string) =>
    made[name] === asked[name] ? fold(element[name]) === fold(made[name]) : same(element[name], made[name]);
  const isThere = list.some((element) => Object.keys(made).every((name) => fits(element, name)));
  return isThere ? list : union(list, [made]);
}

function changeKnown(before: unknown, attribute: string, change: Change): unknown {
  const { op, path, value } = change;
  if (lists.includes(attribute)) {
    const list = (before ?? []) as Plain[];
    if (path.filter || path.sub !== undefined) return changeList(list, attribute, change);
    if (op === "remove" && unset(value) && (value === undefined || value === null)) return undefined;
    if (op === "remove") {
      const named = elementsOf(attribute, value);
      const fits = (element: Plain, one: Plain) =>
        Object.keys(one).every((key) => ["display", "$ref", "primary"].includes(key) || same(element[key], one[key]));
      return list.filter((element) => !named.some((one) => fits(element, one)));
    }
    const sent = unset(value) ? [] : elementsOf(attribute, value);
    return op === "add" ? union(list, sent) : sent;
  }
  if (attribute === "name" || attribute === "manager") {
    const object = (before ?? {}) as Plain;
    if (path.sub !== undefined) {
      setPart(object, attribute, path.sub, op === "remove" ? null : value);
      return object;
    }
    const one = Array.isArray(value) && value.length === 1 ? value[0] : value;
    if (op === "remove" || (unset(one) && !isObject(one))) return undefined;
    if (isObject(one)) return merge(attribute, object, one);
    if (attribute === "name" || Array.isArray(one)) return refuse("invalidValue");
    return Object.assign(object, { value: String(one) });
  }
  if (op === "remove") return undefined;
  if (attribute === "active") return flagOf(value);
  return textOf(value);
}

/** What no schema knows is kept as sent; objects merge, lists grow by what they lack. */
function changeUnknown(before: unknown, change: Change): unknown {
  const { op, path, value } = change;
  if (path.sub !== undefined) {
    if (Array.isArray(before)) {
      const objects = before.filter(isObject);
      if (op !== "remove" && !unset(value) && objects.length === 0) return [...before, { [path.sub]: copy(value) }];
      for (const one of objects) setPart(one, "", path.sub, op === "remove" ? null : value);
      return before;
    }
    if (before !== undefined && !isObject(before)) return refuse("invalidPath");
    const object = before ?? {};
    setPart(object, "", path.sub, op === "remove" ? null : value);
    return object;
  }
  if (op === "remove") return undefined;
  if (isObject(before) && isObject(value)) return { ...before, ...value };
  if (unset(value)) return op === "add" && Array.isArray(before) ? before : undefined;
  if (op === "add" && Array.isArray(before)) {
    const sent = Array.isArray(value) ? value : [value];
    return [...before, ...sent.filter((item) => !before.some((one) => same(one, item)))];
  }
  return copy(value);
}

/** The longest URN that is stored or in the schema, else as POST reads an object, else up to the last colon. */
function locate(document: Plain, path: Path, isExtension: boolean): Path {
  if (path.urn === undefined || path.urn.toLowerCase().includes(":core:")) return { ...path, urn: undefined } as Path;
  const whole = path.name === undefined ? path.urn : `${path.urn}:${path.name}`;
  const stored = Object.keys(document).filter((key) => key.includes(":"));
  const urns = [enterpriseUrn, ...stored.sort((a, b) => b.length - a.length)];
  const holds = (one: string) => `${whole}:`.toLowerCase().startsWith(`${one}:`.toLowerCase());
  const urn = urns.find((one) => holds(one) && !whole.slice(one.length + 1).includes(":"));
  const cut = urn?.length ?? (isExtension ? whole.length : whole.lastIndexOf(":"));
  const { name: _, ...rest } = path;
  return { ...rest, urn: urn ?? whole.slice(0, cut), ...(cut < whole.length ? { name: whole.slice(cut + 1) } : {}) };
}

/** Nothing is more or less than null. */
function demandReadable(filter: SentFilter): void {
  if (filter.kind === "not" || filter.kind === "element") demandReadable(filter.term);
  else if (filter.kind !== "term") filter.terms.forEach(demandReadable);
  else if (filter.literal === "null" && !/^(eq|ne|pr)$/i.test(filter.operator)) refuse("invalidFilter");
}

function applyChange(document: Plain, change: Change, present: Plain): void {
  const isExtension = !change.explicit && isObject(change.value);
  if (printPath(change.path).length > 1_024) refuse("invalidPath");
  if (change.path.filter) demandReadable(change.path.filter);
  applyAt(document, { ...change, path: locate(document, change.path, isExtension) }, present);
}

function applyAt(document: Plain, change: Change, present: Plain): void {
  const { op, path, value, explicit } = change;
  const { urn, name } = path;
  if (name === undefined) {
    if (op === "remove" || value === null) delete document[urn ?? ""];
    else if (!isObject(value)) refuse("invalidValue");
    else {
      for (const [key, inner] of Object.entries(value)) {
        applyAt(document, { ...change, path: { urn, name: key } as Path, value: inner }, present);
      }
    }
    return;
  }
  const known =
    urn !== undefined && urn !== enterpriseUrn ? undefined : spelling(urn ? ofEnterprise : Object.keys(parts), name);
  if (known === "schemas" || known === "password") return;
  if (known === "id" || known === "groups" || known === "meta") {
    const repeats = path.sub === undefined && op !== "remove" && same(present[known], value);
    if (explicit && !repeats) refuse("mutability");
    return;
  }
  const place = known && ofEnterprise.includes(known) ? enterpriseUrn : urn;
  if (place && document[place] === undefined) document[place] = {};
  const container = place ? (document[place] as Plain) : document;
  const key = known ?? spelling(Object.keys(container), name) ?? name;
  if (known === "active" && op !== "remove" && unset(value)) refuse("invalidValue");
  const after = known ? changeKnown(container[key], known, change) : changeUnknown(container[key], change);
  if (!unset(after)) container[key] = after;
  else if (known === "userName" || known === "active") refuse("mutability");
  else delete container[key];
  if (place && unset(document[place])) delete document[place];
}

const isAddress = (value: unknown) => /^[^\s@,<>]+@[a-zà-ü0-9][a-zà-ü0-9.-]*$/i.test(String(value).trim());

/** The outcome is checked once: required values, the work e-mail. */
function settle(document: Plain): void {
  for (const name of lists) {
    const elements = union([], ((document[name] ?? []) as Plain[]).filter(isElement));
    if (elements.length > 0) document[name] = elements;
    else delete document[name];
  }
  document.userName = String(document.userName).trim();
  if (typeof document.displayName === "string" && document.displayName.trim() === "") delete document.displayName;
  if (document.userName === "") refuse("invalidValue");
  const emails = ((document.emails ?? []) as Plain[]).filter(({ value }) => says(value));
  const work = ({ type }: Plain) => typeof type === "string" && type.trim().toLowerCase() === "work";
  const chosen = emails.find(({ primary }) => primary === true) ?? emails.find(work) ?? emails[0];
  if (!isAddress(chosen ? chosen.value : document.userName)) refuse("invalidValue");
}

/** The document after the operations, or why not. */
export function patchReference(stored: Plain, operations: SentOperation[], present: Plain): Outcome {
  const document = copy(stored);
  try {
    for (const { op, path, keys, broken, value } of operations) {
      if (broken !== undefined) refuse("invalidPath");
      else if (path) applyChange(document, { op, path, value: copy(value ?? null), explicit: true }, present);
      else
        for (const [index, key] of (keys ?? []).entries())
          applyChange(
            document,
            { op, path: key, value: copy((value as unknown[])[index] ?? null), explicit: false },
            present,
          );
    }
    settle(document);
    return { document };
  } catch (error) {
    if (error instanceof Refused) return { refused: error.message };
    throw error;
  }
}

import { isReservedName } from "./json";
import { locate } from "./locate";
import { enterpriseUrn } from "./messages";
import { type Attribute, findSubAttribute, type ResourceType } from "./schema";

/** The attribute of a term, resolved. */
export type AttributeRef = {
  /** Canonical: "userName", "emails.value", "urn:…:enterprise:2.0:User:manager.value". */
  path: string;
  /** Names from the resource (inside brackets: from the element) to the value. */
  steps: readonly string[];
  type: Attribute["type"];
  /** How values are compared: as they are, folded, or folded as an address. */
  key: "exact" | "folded" | "address";
  /** Only of PATCH's own records: an attribute that no schema knows matches nothing. */
  known: boolean;
};

export type Literal = string | boolean | number;
export type Operator = "eq" | "co" | "sw" | "ew" | "gt" | "ge" | "lt" | "le";

/**
 * `ne` arrives as not(eq), `x eq null` and `x eq ""` as not(present), `a[f].b op v` as an element with f and b op v, a
 * complex attribute as its `value`. So `compare` and `present` hold if any value fits, `element` if one element does.
 */
export type Filter =
  | { kind: "and" | "or"; terms: readonly Filter[] }
  | { kind: "not"; term: Filter }
  | { kind: "present"; attribute: AttributeRef }
  /** `value` is the key to compare with, a dateTime's an instant in milliseconds; `literal` is what was sent. */
  | { kind: "compare"; attribute: AttributeRef; operator: Operator; value: Literal; literal: Literal }
  | { kind: "element"; attribute: AttributeRef; term: Filter };

/** The attributes of all terms; inside brackets the list and what is asked of its elements. */
export function attributesOf(filter: Filter): AttributeRef[] {
  switch (filter.kind) {
    case "and":
    case "or":
      return filter.terms.flatMap(attributesOf);
    case "not":
      return attributesOf(filter.term);
    case "element":
      return [filter.attribute, ...attributesOf(filter.term)];
    default:
      return [filter.attribute];
  }
}

const addresses = new Set(["userName", "emails.value"]);

const refTo = (path: string, steps: string[], attribute: Attribute | undefined, known = attribute !== undefined) => ({
  path,
  steps,
  type: attribute?.type ?? "string",
  key: attribute?.caseExact ? ("exact" as const) : addresses.has(path) ? ("address" as const) : ("folded" as const),
  known,
});

/** What a name in a filter means: its schema entry, if there is one, and the reference of the tree. */
export type Resolved = { attribute?: Attribute; ref: AttributeRef };

/** Undefined where the spelling is none. */
export function resolveAttribute(
  resource: ResourceType,
  text: string,
  extensions?: readonly string[],
): Resolved | undefined {
  const found = locate(resource, text, extensions);
  if (!found) return undefined;
  const { urn, name, attribute, sub, subAttribute } = found;
  const names = [...(name === undefined ? [] : [name]), ...(sub === undefined ? [] : [sub])];
  const steps = [...(urn === undefined ? [] : [urn]), ...names];
  const path = [...(urn === undefined ? [] : [urn]), ...(names.length > 0 ? [names.join(".")] : [])].join(":");
  if (name === undefined && urn === enterpriseUrn)
    return { ref: { ...refTo(path, steps, undefined, true), type: "complex" } };
  const meant = sub === undefined ? attribute : subAttribute;
  return { ...(meant ? { attribute: meant } : {}), ref: refTo(path, steps, meant) };
}

/** A name inside the brackets of `parent`. In a list that no schema knows every name is one. */
export function resolveElementAttribute(parent: Resolved, name: string): Resolved | undefined {
  if (!/^[A-Za-z_$][\w$-]*$/.test(name) || isReservedName(name)) return undefined;
  const sub = parent.attribute && findSubAttribute(parent.attribute, name);
  const canonical = sub?.name ?? name;
  const ref = refTo(`${parent.ref.path}.${canonical}`, [canonical], sub, sub !== undefined || !parent.attribute);
  return { ...(sub ? { attribute: sub } : {}), ref };
}

/** RFC 7644 3.5.2: a complex attribute in a comparison means its `value`. */
export function comparedAttribute({ attribute, ref }: Resolved): Resolved {
  const value = attribute && findSubAttribute(attribute, "value");
  if (attribute?.type !== "complex") return { ...(attribute ? { attribute } : {}), ref };
  const path = `${ref.path}.value`;
  return { ...(value ? { attribute: value } : {}), ref: refTo(path, [...ref.steps, "value"], value) };
}

import { instantOf, storedKey } from "./compare";
import type { AttributeRef, Filter, Literal, Operator } from "./filter";
import { foldName } from "./fold";
import { isObject, type Json, type JsonObject, own } from "./json";
import { isPresent } from "./values";

/** Whether a resource, as it is answered, fits. PostgreSQL must say the same: the same keys, order by code point. */
export function evaluate(filter: Filter, resource: JsonObject): boolean {
  switch (filter.kind) {
    case "and":
      return filter.terms.every((term) => evaluate(term, resource));
    case "or":
      return filter.terms.some((term) => evaluate(term, resource));
    case "not":
      return !evaluate(filter.term, resource);
    case "present":
      return valuesOf(resource, filter.attribute).some((value) => isPresent(value, filter.attribute.key === "exact"));
    case "element":
      return valuesOf(resource, filter.attribute).some(
        (element) => isObject(element) && evaluate(filter.term, element),
      );
    default:
      return valuesOf(resource, filter.attribute).some((value) => compares(filter, value));
  }
}

function valuesOf(resource: JsonObject, { steps, known }: AttributeRef): Json[] {
  if (!known) return [];
  return steps.reduce<Json[]>(
    (found, step) =>
      found.flatMap((value) => {
        const inner = isObject(value) ? byName(value, step) : undefined;
        return inner === undefined ? [] : inner;
      }),
    [resource],
  );
}

// Canonical spelling is the rule; only names that no schema knows can be stored in another letter case.
function byName(object: JsonObject, name: string): Json | undefined {
  const exact = own(object, name);
  if (exact !== undefined) return exact;
  const key = foldName(name);
  const other = Object.keys(object).find((one) => foldName(one) === key);
  return other === undefined ? undefined : own(object, other);
}

function compares(
  { attribute, operator, value }: { attribute: AttributeRef; operator: Operator; value: Literal },
  stored: Json,
): boolean {
  if (typeof stored === "object" || !isPresent(stored, attribute.key === "exact")) return false;
  if (typeof value === "boolean") return stored === value;
  if (typeof value === "number") {
    const instant = instantOf(String(stored));
    return instant !== undefined && ordered(operator, instant - value);
  }
  const key = storedKey(attribute, String(stored));
  if (operator === "co") return key.includes(value);
  if (operator === "sw") return key.startsWith(value);
  if (operator === "ew") return key.endsWith(value);
  return ordered(operator, operator === "eq" ? Number(key !== value) : compareCodePoints(key, value));
}

function ordered(operator: Operator, difference: number): boolean {
  if (operator === "eq") return difference === 0;
  if (operator === "gt") return difference > 0;
  if (operator === "ge") return difference >= 0;
  return operator === "lt" ? difference < 0 : difference <= 0;
}

/** The order of collation "C" on UTF-8; UTF-16 code units would put surrogates before U+E000. */
export function compareCodePoints(a: string, b: string): number {
  const left = a[Symbol.iterator]();
  const right = b[Symbol.iterator]();
  for (;;) {
    const x = left.next();
    const y = right.next();
    if (x.done || y.done) return Number(y.done ?? false) - Number(x.done ?? false);
    const difference = (x.value.codePointAt(0) ?? 0) - (y.value.codePointAt(0) ?? 0);
    if (difference !== 0) return difference;
  }
}

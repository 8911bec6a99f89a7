import "server-only";
import type { CallDetail } from "lib/exchanges/find-call";
import type { ChangeRow } from "lib/exchanges/schema";

type Values = Record<string, unknown>;

const isValues = (value: unknown): value is Values =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const enterprise = /^urn:ietf:params:scim:schemas:extension:enterprise:2\.0:User\b/;

/** Never part of a difference: whose they are, the server decides. */
const ours = new Set(["schemas", "id", "meta", "groups"]);

/**
 * What changed, attribute by attribute, names inside names spelt with a dot. `made`: the resource of a create, all of
 * which is new.
 */
export function changeRows({ before = {}, after = {} }: CallDetail, made: unknown = null): ChangeRow[] {
  const [old, next] = isValues(made) ? [{}, withoutOurs(made)] : [before, after];
  const [from, to] = [flat(old), flat(next)];
  return [...new Set([...from.keys(), ...to.keys()])]
    .map((field) => ({ field, before: from.get(field) ?? null, after: to.get(field) ?? null }))
    .filter(({ before: one, after: other }) => one !== other);
}

const withoutOurs = (made: Values): Values =>
  Object.fromEntries(Object.entries(made).filter(([name]) => !ours.has(name)));

function flat(values: Values, prefix = ""): Map<string, string> {
  const found = new Map<string, string>();
  for (const [name, value] of Object.entries(values)) {
    const field = `${prefix}${name.replace(enterprise, "enterprise")}`;
    if (isValues(value)) for (const [inner, text] of flat(value, `${field}.`)) found.set(inner, text);
    else if (value !== null && value !== undefined && value !== "") found.set(field, inWords(value));
  }
  return found;
}

/** Lists by their values, each on its own line: "ann@acme.example (work)". */
function inWords(value: unknown): string {
  if (!Array.isArray(value)) return typeof value === "string" ? value : JSON.stringify(value);
  return value.map(oneOf).join("\n");
}

function oneOf(item: unknown): string {
  if (!isValues(item)) return typeof item === "string" ? item : JSON.stringify(item);
  const { value, display, type, primary } = item;
  if (typeof value !== "string") return JSON.stringify(item);
  const marks = [display, type, primary === true ? "primary" : null].filter((mark) => typeof mark === "string");
  return marks.length > 0 ? `${value} (${marks.join(", ")})` : value;
}

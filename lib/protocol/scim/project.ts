import { foldName } from "./fold";
import { emptyObject, isObject, type Json, type JsonObject } from "./json";
import { locate } from "./locate";
import { refuse } from "./messages";
import type { ResourceType } from "./schema";

/** A name as sent and as steps into the resource, folded. */
type Name = { whole: string; steps: string[] };

/** RFC 7644 3.9: which attributes the client wants. `only` wins over `without`. */
export type Projection = { only?: Name[]; without?: Name[] };

const mostNames = 200;

/** Reads the comma lists `attributes` and `excludedAttributes`; empty is absent, unknown names choose nothing. */
export function readProjection(resource: ResourceType, attributes?: string, excluded?: string): Projection {
  const only = readNames(resource, attributes);
  if (only.length > 0) return { only };
  const without = readNames(resource, excluded);
  return without.length > 0 ? { without } : {};
}

function readNames(resource: ResourceType, list = ""): Name[] {
  const names = list.split(",", mostNames + 1).flatMap((name) => name.trim() || []);
  if (names.length > mostNames) refuse("invalidValue", `At most ${mostNames} attributes can be named.`);
  return names.map((name) => {
    const { urn, name: attribute, sub } = locate(resource, name) ?? {};
    const steps = [urn, attribute, sub].flatMap((step) => (step === undefined ? [] : foldName(step)));
    return { whole: foldName(name), steps };
  });
}

/** Whether a group's members are wanted; if not, no member row needs to be read. */
export function wantsMembers({ only, without = [] }: Projection): boolean {
  const isMembers = ({ steps }: Name) => steps[0] === "members";
  return only ? only.some(isMembers) : !without.some((name) => isMembers(name) && name.steps.length === 1);
}

/** The resource with the wanted attributes only; id and schemas always stay. */
export function project(resource: JsonObject, { only, without }: Projection): JsonObject {
  if (!only && !without) return resource;
  const projected = emptyObject();
  for (const [name, value] of Object.entries(resource)) {
    const paths = pathsInto(name, only ?? without ?? []);
    const kept = alwaysReturned.has(name) ? value : only ? pick(value, paths) : omit(value, paths);
    if (kept !== undefined) projected[name] = kept;
  }
  return projected;
}

const alwaysReturned = new Set(["id", "schemas"]);

/** What the names ask below a key; a URN that only the record holds is recognized by its key. */
function pathsInto(key: string, names: readonly Name[]): string[][] {
  const folded = foldName(key);
  return names.flatMap(({ whole, steps }): string[][] => {
    if (whole === folded) return [[]];
    if (whole.startsWith(`${folded}:`)) return [whole.slice(folded.length + 1).split(".")];
    return steps[0] === folded ? [steps.slice(1)] : [];
  });
}

const below = (name: string, paths: readonly string[][]) =>
  paths.filter(([first]) => first === foldName(name)).map((path) => path.slice(1));

function pick(value: Json, paths: readonly string[][]): Json | undefined {
  if (paths.length === 0) return undefined;
  if (paths.some((path) => path.length === 0)) return value;
  return within(value, (name, inner) => pick(inner, below(name, paths)));
}

function omit(value: Json, paths: readonly string[][]): Json | undefined {
  if (paths.length === 0) return value;
  if (paths.some((path) => path.length === 0)) return undefined;
  return within(value, (name, inner) => omit(inner, below(name, paths)));
}

/** Chooses inside an object or each object of a list; what is left empty goes. */
function within(value: Json, choose: (name: string, inner: Json) => Json | undefined): Json | undefined {
  if (Array.isArray(value)) {
    const list = value.flatMap((item) => within(item, choose) ?? []);
    return list.length > 0 ? list : undefined;
  }
  if (!isObject(value)) return undefined;
  const chosen = emptyObject();
  for (const [name, inner] of Object.entries(value)) {
    const kept = choose(name, inner);
    if (kept !== undefined) chosen[name] = kept;
  }
  return Object.keys(chosen).length > 0 ? chosen : undefined;
}

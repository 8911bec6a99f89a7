import { type Filter, resolveAttribute } from "./filter";
import { refuseAt, tokenize } from "./filter-tokens";
import { isReservedName } from "./json";
import { type Location, locate } from "./locate";
import { refuse, shown } from "./messages";
import { filterReader } from "./parse-filter";
import { findSubAttribute, type ResourceType } from "./schema";

/** Where a change points: an attribute, its elements that fit a filter, and their sub-attribute. */
export type PatchPath = Location & { filter?: Filter };

const longest = 1_024;

/** Parses a path of RFC 7644 3.5.2; what is wrong inside its brackets is invalidFilter, all else invalidPath. */
export function parsePath(resource: ResourceType, text: string, extensions: readonly string[]): PatchPath {
  if (text.length > longest)
    refuse("invalidPath", `The path is longer than ${longest.toLocaleString("en")} characters.`);
  const tokens = tokenize(text);
  const reader = filterReader(tokens, () => undefined);
  const first = reader.take();
  const found = first.kind === "word" ? locate(resource, first.text, extensions) : undefined;
  if (!found || hasReservedName(found)) {
    return refuse("invalidPath", `'${shown(text)}' is not the path of an attribute.`);
  }
  const path = reader.peek().kind === "[" ? { ...found, ...readBrackets() } : found;
  if (reader.peek().kind !== "end") refuseAt(reader.peek().at, "the path goes on after its end", "invalidPath");
  const isSimple = path.attribute !== undefined && path.attribute.type !== "complex";
  if (path.sub !== undefined && isSimple) refuse("invalidPath", `${path.name} has no sub-attributes.`);
  return path;

  function readBrackets(): Omit<PatchPath, "name" | "urn" | "attribute"> {
    const list = resolveAttribute(resource, first.text, extensions);
    const { at } = reader.peek();
    if (!list || !found || found.name === undefined || found.sub !== undefined) {
      return refuseAt(at, "brackets must follow the name of a list", "invalidPath");
    }
    if (found.attribute && !found.attribute.multiValued) {
      refuseAt(at, `${found.name} is no list, so it has no elements to choose`, "invalidPath");
    }
    const filter = reader.readElementFilter(list, 1);
    const next = reader.peek();
    if (next.kind !== "word" || !next.text.startsWith(".")) return { filter };
    const name = reader.take().text.slice(1);
    if (!/^[A-Za-z_$][\w$-]*$/.test(name) || isReservedName(name)) {
      refuseAt(next.at, "this is not the name of a sub-attribute", "invalidPath");
    }
    const subAttribute = found.attribute && findSubAttribute(found.attribute, name);
    return { filter, sub: subAttribute?.name ?? name, ...(subAttribute ? { subAttribute } : {}) };
  }
}

const hasReservedName = ({ urn = "", name = "", sub = "" }: Location) =>
  [...urn.split(/[:.]/), name, sub].some(isReservedName);

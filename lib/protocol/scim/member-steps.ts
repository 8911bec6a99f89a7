import { evaluate } from "./evaluate";
import type { Filter } from "./filter";
import type { JsonObject } from "./json";
import { refuse } from "./messages";
import type { Change } from "./patch-operations";
import type { PatchPath } from "./patch-path";
import { readMembers } from "./read-group";
import { isNotSet } from "./values";

export type MemberStep =
  | { do: "add"; ids: string[] }
  | { do: "remove"; ids: string[] }
  | { do: "empty" }
  /** Any filter but `value eq` (and `or` of it): which members fit can only be seen on the rows. */
  | { do: "removeWhere"; filter: Filter };

/** "keep": apply to the present members; "empty": they go first. No id is in both lists. */
export type MemberChanges = { mode: "keep" | "empty"; add: string[]; remove: string[] };

export type MemberRow = { value: string; display: string; type: string };

/** One change of `members` as steps. `display`, `type` and `$ref` are not stored, so changing them does nothing. */
export function memberSteps({ op, value = null }: Change, { filter, sub }: PatchPath): MemberStep[] {
  if (sub !== undefined && sub !== "value") return [];
  if (!filter) {
    if (op === "remove") return value === null ? [{ do: "empty" }] : [{ do: "remove", ids: readMembers(value) }];
    const added: MemberStep = { do: "add", ids: readMembers(value) };
    return op === "replace" ? [{ do: "empty" }, added] : [added];
  }
  const ids = idsOf(filter);
  if (op === "remove" || isNotSet(value)) return [ids ? { do: "remove", ids } : { do: "removeWhere", filter }];
  if (ids?.length !== 1) return refuse("noTarget", "Members are chosen by value eq when they are added or replaced.");
  const sent = readMembers(value);
  const added: MemberStep = { do: "add", ids: sent.length > 0 ? sent : ids };
  return op === "replace" ? [{ do: "remove", ids }, added] : [added];
}

/** The ids of `value eq "a" or value eq "b"`; undefined for every other filter. */
function idsOf(filter: Filter): string[] | undefined {
  if (filter.kind === "or") {
    const lists = filter.terms.map(idsOf);
    return lists.every((ids) => ids !== undefined) ? lists.flat() : undefined;
  }
  const isId = filter.kind === "compare" && filter.operator === "eq" && filter.attribute.steps[0] === "value";
  return isId ? [String(filter.literal)] : undefined;
}

/** Folds steps in order, so that the later one wins. `rows` are the present members, needed by `removeWhere` only. */
export function foldMembers(steps: readonly MemberStep[], rows: readonly MemberRow[] = []): MemberChanges {
  const add = new Set<string>();
  const remove = new Set<string>();
  let mode: MemberChanges["mode"] = "keep";
  const removeIds = (ids: Iterable<string>) => {
    for (const id of ids) {
      add.delete(id);
      if (mode === "keep") remove.add(id);
    }
  };
  for (const step of steps) {
    if (step.do === "empty") {
      mode = "empty";
      add.clear();
      remove.clear();
    } else if (step.do === "add") {
      for (const id of step.ids) {
        remove.delete(id);
        add.add(id);
      }
    } else if (step.do === "remove") {
      removeIds(step.ids);
    } else {
      removeIds(idsThatFit(step.filter, rows, { mode, add, remove }));
    }
  }
  return { mode, add: [...add], remove: [...remove] };
}

function idsThatFit(
  filter: Filter,
  rows: readonly MemberRow[],
  { mode, add, remove }: { mode: string; add: ReadonlySet<string>; remove: ReadonlySet<string> },
): string[] {
  const present = rows.filter(({ value }) => add.has(value) || (mode === "keep" && !remove.has(value)));
  const known = new Set(rows.map(({ value }) => value));
  const added: JsonObject[] = [...add].filter((id) => !known.has(id)).map((value) => ({ value }));
  return [...present, ...added].filter((row) => evaluate(filter, row)).map(({ value }) => String(value));
}

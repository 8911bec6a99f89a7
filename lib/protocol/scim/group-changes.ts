import { applyChanges, isIgnored, resolvePath } from "./apply-change";
import { attributesOf } from "./filter";
import { copyJson, isObject, type Json, type JsonObject } from "./json";
import { type MemberStep, memberSteps } from "./member-steps";
import { attempt, type Result, refuse, shown } from "./messages";
import { type Change, memberNamed, readOperations } from "./patch-operations";
import type { PatchPath } from "./patch-path";
import { checkGroup, mostMembers, readGroupName, refuseMembers } from "./read-group";
import { isNotSet, readValue } from "./values";

/** What a PATCH asks of a group; nothing in it needs the member list but filters other than `value eq`. */
export type GroupChanges = {
  displayName?: string;
  displayNameKey?: string;
  /** null removes it. */
  externalId?: string | null;
  /** Further attributes, for `applyGroupAttributes`; empty for what Okta sends. */
  attributes: Change[];
  /** In order, for `foldMembers`. */
  members: MemberStep[];
  /** Whether `foldMembers` must see the present members. */
  needsRows: boolean;
};

/**
 * Reads a PATCH body for a group, OneLogin's form of SCIM 1.1 included. `present` are read-only values that may be
 * sent again by explicit path, such as `{ id }`.
 */
export function groupChanges(body: JsonObject, present: JsonObject = {}): Result<GroupChanges> {
  return attempt(() => {
    const changes: GroupChanges = { attributes: [], members: [], needsRows: false };
    const asked = memberNamed(body, "operations") === undefined ? readOneLogin(body) : readOperations("Group", body);
    for (const change of asked) {
      // URNs that only the record knows are resolved when the attributes are applied.
      const path = resolvePath("Group", change, []);
      if (!isIgnored(path, change, present)) readChange(changes, change, path);
    }
    if (namedMembers(changes.members) > mostMembers) refuseMembers();
    const filters = changes.members.flatMap((step) => (step.do === "removeWhere" ? [step.filter] : []));
    if (filters.flatMap(attributesOf).length > mostFilterTerms) {
      refuse("tooMany", `A request can hold ${mostFilterTerms} conditions on members at most.`, 413);
    }
    changes.needsRows = filters.length > 0;
    return changes;
  });
}

// Each is compared with every member.
const mostFilterTerms = 50;

const namedMembers = (steps: readonly MemberStep[]) =>
  steps.reduce((count, step) => count + ("ids" in step ? step.ids.length : 0), 0);

function readChange(changes: GroupChanges, change: Change, path: PatchPath): void {
  const { op, value = null } = change;
  const name = path.urn === undefined ? path.attribute?.name : undefined;
  if (name === "members") {
    changes.members.push(...memberSteps(change, path));
  } else if (name === "displayName") {
    if (op === "remove" || isBlank(value)) refuse("mutability", "displayName cannot be removed or emptied.");
    Object.assign(changes, readGroupName(value));
  } else if (name === "externalId" && path.attribute) {
    const read = op === "remove" ? undefined : readValue(path.attribute, value);
    changes.externalId = typeof read === "string" ? read : null;
    checkGroup(changes.externalId ?? undefined, {});
  } else {
    changes.attributes.push(change);
  }
}

const isBlank = (value: Json) => isNotSet(value) || (typeof value === "string" && value.trim() === "");

/** SCIM 1.1: a list of members, each with its own `operation`. */
function readOneLogin(body: JsonObject): Change[] {
  const members = memberNamed(body, "members");
  if (!Array.isArray(members)) return refuse("invalidSyntax", "The body needs a list named Operations.");
  const displayName = memberNamed(body, "displayname");
  const changes = displayName === undefined ? [] : [changeOf("replace", "displayName", displayName)];
  let run: Json[] = [];
  let runOp: Change["op"] | undefined;
  for (const member of members) {
    const op = operationOf(member);
    if (op !== runOp) {
      runOp = op;
      run = [];
      changes.push(changeOf(op, "members", run));
    }
    run.push(member);
  }
  return changes;
}

const changeOf = (op: Change["op"], path: string, value: Json): Change => ({
  op,
  path,
  value,
  explicit: true,
  extensions: [],
});

function operationOf(member: Json): "add" | "remove" {
  const operation = (isObject(member) ? memberNamed(member, "operation") : undefined) ?? "add";
  const word = String(operation).toLowerCase();
  if (word === "delete") return "remove";
  return word === "add"
    ? "add"
    : refuse("invalidSyntax", `operation must be add or delete; '${shown(operation)}' was sent.`);
}

/** Applies the further attributes to a copy of the group's document, which the caller has read under its lock. */
export function applyGroupAttributes(document: JsonObject, { attributes }: GroupChanges): Result<JsonObject> {
  return attempt(() => {
    const copy = copyJson(document);
    applyChanges("Group", copy, attributes, {});
    checkGroup(undefined, copy);
    return copy;
  });
}

import "server-only";
import type { WriteClient } from "lib/audit/write";
import { applyMembers, type GroupKey, type MemberLists, type MembersApplied } from "lib/groups/apply-members";
import { shown } from "lib/protocol/scim/messages";
import type { ScimCall } from "./scim-call";
import { fail } from "./scim-error";
import { isId } from "./stored-user";

const mostNamed = 10;

function refuseUnknown(ids: string[]): never {
  const named = ids.slice(0, mostNamed).map(shown).join(", ");
  const subject = ids.length === 1 ? "1 member is" : `${ids.length.toLocaleString("en")} members are`;
  const more = ids.length > mostNamed ? ", ..." : "";
  return fail(400, "invalidValue", `${subject} unknown in this directory: ${named}${more}.`);
}

/**
 * Applies member lists to a locked group. Ids that this directory never had, of whatever form or origin, are refused
 * alike and by name; a stranger to remove is no fault.
 */
export async function changeMembers(
  tx: WriteClient,
  call: ScimCall,
  group: GroupKey,
  { keep, add, remove }: MemberLists,
  withPeople: boolean,
): Promise<MembersApplied> {
  if (keep && add.length === 0 && remove.length === 0)
    return { added: 0, removed: 0, people: [], gone: [], unknown: [] };
  if (add.includes(group.id)) fail(400, "invalidValue", "A group cannot be a member of itself.");
  const malformed = add.filter((id) => !isId(id));
  if (malformed.length > 0) refuseUnknown(malformed);
  const applied = await applyMembers(tx, call.scope, group, { keep, add, remove: remove.filter(isId) }, withPeople);
  if (applied.unknown.length > 0) refuseUnknown(applied.unknown);
  return applied;
}

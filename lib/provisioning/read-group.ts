import "server-only";
import { wantsMembers } from "lib/protocol/scim/project";
import { groupBody } from "./group-body";
import { isKnownVersion } from "./preconditions";
import { projectionOf } from "./projection-of";
import type { ScimAnswer, ScimCall } from "./scim-call";
import { readStoredGroup } from "./stored-group";

/** GET /Groups/{id}, with all members or, where they were not asked for, without reading one. */
export async function readGroup(call: ScimCall): Promise<ScimAnswer> {
  const projection = projectionOf(call, "Group");
  const wanted = wantsMembers(projection);
  let group = await readStoredGroup(call, wanted && call.ifNoneMatch === null);
  const facts = { version: group.version, person: group.displayName, summary: `Read group ${group.displayName}` };
  if (isKnownVersion(call, group.version)) return { status: 304, ...facts };
  if (wanted && group.members === null) group = await readStoredGroup(call, true);
  return { status: 200, body: groupBody(group, projection), logged: { id: group.id }, ...facts };
}

import "server-only";
import { providerWord } from "lib/connections/schema";
import { may, type OrgScope } from "lib/scope/scope";
import { findClashes } from "./find-clashes";
import { findPending } from "./find-pending";
import { findRolesWithout } from "./find-role-effect";
import { listMembers } from "./list-members";
import { readGroup } from "./queries";
import type { MemberFilter } from "./schema";

/** Everything the group page shows, with what this reader may do; null where the id is none of this organization's. */
export async function findGroupPage(scope: OrgScope, groupId: string, filter: MemberFilter) {
  const group = await readGroup(scope, groupId);
  if (!group) return null;
  const [members, clashes, pending] = await Promise.all([
    listMembers(scope, group, filter),
    findClashes(scope, groupId),
    findPending(scope, group),
  ]);
  const local = group.directory === null;
  const ids = members.rows.map(({ id }) => id);
  return {
    group,
    local,
    members,
    clashes,
    pending,
    provider: providerWord(group.directory?.connection.provider ?? "custom"),
    /** Only a local group's people are removed here, and only a role that the group gives can go with it. */
    rolesWithout: local && group.role ? await findRolesWithout(scope, groupId, ids) : undefined,
    source: sourceOf(group.directory),
    rights: {
      edit: may(scope, "group:update"),
      map: may(scope, "group:map-role"),
      link: may(scope, "group:link"),
      convert: may(scope, "directory:update"),
      openCalls: may(scope, "activity:read"),
    },
  };
}

type Directory = { enabled: boolean; connection: { name: string; provider: string } } | null;

function sourceOf(directory: Directory): string {
  if (!directory) return "A local group: its members are managed here.";
  const { name, provider } = directory.connection;
  return directory.enabled
    ? `Changes come from ${providerWord(provider)}.`
    : `Provisioning of ${name} is off, so nothing comes from ${providerWord(provider)} any more.`;
}

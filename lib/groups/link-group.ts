import "server-only";
import { done, write } from "lib/audit/write";
import { refused } from "lib/base/refusals";
import type { OrgScope } from "lib/scope/scope";
import { applyRoles } from "lib/users/apply-roles";
import { applyLink, holdLocal } from "./apply-link";
import { type LinkNumbers, linkNumbers } from "./find-link-effect";
import { readLocked } from "./read-local";
import type { LinkGroup } from "./schema";

/**
 * Settles a name clash (FX-21): the directory's group takes the place of the local one of its name, whose role and
 * description go over; its members are those that were pushed. Refused where the clash is over, or where other numbers
 * of people are touched than were shown.
 */
export const linkGroup = (scope: OrgScope, { groupId, localGroupId, shown }: LinkGroup) =>
  write(scope, async (tx) => {
    const group = await readLocked(tx, scope, groupId, { alone: true });
    const local = await holdLocal(tx, scope, { id: localGroupId });
    if (!group?.directoryId || !local) return refused("not_found");
    if (local.displayNameKey !== group.displayNameKey) return refused("stale_version");
    const [numbers] = await tx.$queryRaw<LinkNumbers[]>(linkNumbers(scope, { groupId, localGroupId }));
    const linked = await applyLink(tx, scope, group, local);
    const { changed: rolesChanged } = await applyRoles(tx, scope, { userIds: linked.people });
    const { gained = 0, lost = 0 } = numbers ?? {};
    if (gained !== shown.gained || lost !== shown.lost || rolesChanged !== shown.rolesChanged) {
      return refused("effect_changed");
    }
    const { displayName } = group;
    const target = { kind: "group", id: groupId, name: displayName } as const;
    const payload = { displayName, linked: linked.local, gained, lost, rolesChanged };
    return done("group.linked", target, payload, { gained, lost, rolesChanged });
  });

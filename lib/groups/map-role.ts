import "server-only";
import { done, unchanged, write } from "lib/audit/write";
import { refused } from "lib/base/refusals";
import type { OrgScope } from "lib/scope/scope";
import { giveRole } from "./give-role";
import { readLocked } from "./read-local";
import type { MapRole } from "./schema";

/**
 * Sets the role that a group gives its members, synced groups too (FX-22). Owners are never touched. Refused where
 * the group changed, or other people's roles would change, since the reader was shown who.
 */
export const mapRole = (scope: OrgScope, { groupId, version, role, rolesChanged }: MapRole) =>
  write(scope, async (tx) => {
    const group = await readLocked(tx, scope, groupId, { alone: true });
    if (!group) return refused("not_found");
    const target = { kind: "group", id: group.id, name: group.displayName } as const;
    const payload = { before: group.role, after: role, rolesChanged: 0 };
    if (group.role === role) return unchanged("group.role_mapped", target, payload, { rolesChanged: 0 });
    if (group.version !== version) return refused("effect_changed");
    const given = await giveRole(tx, scope, group, { role, rolesChanged });
    if (!given.ok) return given;
    return done("group.role_mapped", target, { ...payload, rolesChanged }, { rolesChanged });
  });

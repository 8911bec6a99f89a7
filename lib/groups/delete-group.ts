import "server-only";
import { done, write } from "lib/audit/write";
import { refused } from "lib/base/refusals";
import type { OrgScope } from "lib/scope/scope";
import { giveRole } from "./give-role";
import { readLocal } from "./read-local";
import type { DeleteGroup } from "./schema";

/**
 * Deletes a local group; its people stay, and whose role it gave has the next one. Refused where other people's roles
 * would change than the reader was shown (AV-28).
 */
export const deleteGroup = (scope: OrgScope, { groupId, version, rolesChanged }: DeleteGroup) =>
  write(scope, async (tx) => {
    const found = await readLocal(tx, scope, groupId);
    if (!found.ok) return found;
    const { group, target } = found;
    if (group.version !== version) return refused("effect_changed");
    const where = { orgId: scope.orgId, groupId };
    const given = await giveRole(tx, scope, group, { role: null, rolesChanged });
    if (!given.ok) return given;
    const { count: members } = await tx.localMember.deleteMany({ where });
    await tx.group.deleteMany({ where: { orgId: scope.orgId, id: groupId, directoryId: null } });
    const payload = { displayName: group.displayName, members, rolesChanged };
    return done("group.deleted", target, payload, { rolesChanged });
  });

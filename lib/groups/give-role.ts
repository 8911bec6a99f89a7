import "server-only";
import type { WriteClient } from "lib/audit/write";
import { now } from "lib/base/clock";
import { accepted, refused } from "lib/base/refusals";
import type { OrgScope } from "lib/scope/scope";
import { applyRoles } from "lib/users/apply-roles";
import type { GivenRole } from "./schema";

type Stored = { id: string; role: string | null };
type Wish = { role: GivenRole | null; rolesChanged: number };

/**
 * Changes the role of a locked group, and with it its members' effective ones. Refused where that touches another
 * number of people than was shown, which rolls all of it back.
 */
export async function giveRole(tx: WriteClient, scope: OrgScope, group: Stored, { role, rolesChanged }: Wish) {
  if (group.role !== role) {
    await tx.group.updateMany({
      where: { orgId: scope.orgId, id: group.id },
      data: { role, version: { increment: 1 }, updatedAt: now() },
    });
  }
  const { changed } = group.role === role ? { changed: 0 } : await applyRoles(tx, scope, { groupId: group.id });
  return changed === rolesChanged ? accepted(undefined) : refused("effect_changed");
}

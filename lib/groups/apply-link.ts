import "server-only";
import type { WriteClient } from "lib/audit/write";
import { now } from "lib/base/clock";
import type { OrgScope, Role } from "lib/scope/scope";
import { lockGroup, peopleOf } from "./steps";

type Linkable = { id: string; role: Role | null; description: string };
type LocalGroup = Linkable & { displayName: string; displayNameKey: string };

export type Linked = {
  role: Role | null;
  /** Everybody whose role may be another one now, for `applyRoles` once the members are those pushed. */
  people: string[];
  /** What went, for the event. */
  local: { id: string; displayName: string; role: Role | null; members: number };
};

const columns = { id: true, displayName: true, displayNameKey: true, role: true, description: true } as const;

/** A local group, held alone; null where it is none, or another's. Held after the directory's group, never before. */
export async function holdLocal(
  tx: WriteClient,
  scope: OrgScope,
  where: { id: string } | { localNameKey: string },
): Promise<LocalGroup | null> {
  const local = { orgId: scope.orgId, directoryId: null, ...where };
  const found = await tx.group.findFirst({ where: local, select: { id: true } });
  if (!found) return null;
  await lockGroup(tx, scope, found.id, true);
  return tx.group.findFirst({ where: { ...local, id: found.id }, select: columns });
}

/**
 * Puts a directory's group in the place of a local one of its name (V-8): role and description go over, the local
 * group goes with its members. Both are held alone by the caller. Its own role stays where the local group gave none.
 */
export async function applyLink(tx: WriteClient, scope: OrgScope, group: Linkable, local: LocalGroup): Promise<Linked> {
  const where = { orgId: scope.orgId, groupId: local.id };
  const people = group.role || local.role ? await peopleOf(tx, scope, [group.id, local.id]) : [];
  const members = await tx.localMember.deleteMany({ where });
  await tx.group.deleteMany({ where: { orgId: scope.orgId, id: local.id, directoryId: null } });
  const role = local.role ?? group.role;
  const description = local.description || group.description;
  await tx.group.updateMany({
    where: { orgId: scope.orgId, id: group.id },
    data: { role, description, updatedAt: now() },
  });
  const { id, displayName } = local;
  return { role, people, local: { id, displayName, role: local.role, members: members.count } };
}

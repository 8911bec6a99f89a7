import "server-only";
import type { WriteClient } from "lib/audit/write";
import { bumpGroups, givesRole } from "lib/groups/steps";
import type { OrgScope } from "lib/scope/scope";
import { applyRoles } from "lib/users/apply-roles";
import { count } from "./steps";

export type RecordId = { directoryId: string; id: string };

/**
 * Takes a record out of its directory: out of every group and list, its id kept as a tombstone. The account stays; a
 * role that these groups gave goes back to the person's own one.
 */
export async function removeRecord(tx: WriteClient, scope: OrgScope, { directoryId, id }: RecordId): Promise<void> {
  // Waits for memberships under way, which hold the record: what they add is found below.
  const [record] = await tx.$queryRaw<{ userId: string }[]>`
    SELECT "userId" FROM "DirectoryUser" WHERE "orgId" = ${scope.orgId}::uuid AND id = ${id}::uuid FOR UPDATE`;
  const memberships = await tx.groupMember.findMany({
    where: { orgId: scope.orgId, directoryUserId: id },
    select: { groupId: true },
  });
  const groupIds = memberships.map(({ groupId }) => groupId);
  await tx.directoryUser.deleteMany({ where: { orgId: scope.orgId, directoryId, id } });
  await tx.deletedResource.createMany({ data: [{ orgId: scope.orgId, directoryId, id }], skipDuplicates: true });
  await count(tx, scope, { directoryId, kind: "users", id, by: -1 });
  if (record && (await givesRole(tx, scope, groupIds))) await applyRoles(tx, scope, { userIds: [record.userId] });
  await bumpGroups(tx, scope, groupIds);
}

import "server-only";
import type { WriteClient } from "lib/audit/write";
import { bumpGroups, givesRole } from "lib/groups/steps";
import type { OrgScope } from "lib/scope/scope";
import { applyRoles } from "lib/users/apply-roles";
import { countAll } from "./steps";

export type RecordId = { directoryId: string; id: string };

/**
 * Takes records out of their directory: out of every group and list, their ids kept as tombstones. The accounts stay;
 * a role that these groups gave goes back to the person's own one.
 */
export async function removeRecords(
  tx: WriteClient,
  scope: OrgScope,
  { directoryId, ids }: { directoryId: string; ids: string[] },
): Promise<void> {
  const { orgId } = scope;
  // Waits for memberships under way, which hold the record: what they add is found below.
  const records = await tx.$queryRaw<{ id: string; userId: string }[]>`
    SELECT id, "userId" FROM "DirectoryUser"
     WHERE "orgId" = ${orgId}::uuid AND "directoryId" = ${directoryId}::uuid AND id = ANY(${ids}::uuid[])
     ORDER BY id FOR UPDATE`;
  const held = records.map(({ id }) => id);
  if (held.length === 0) return;
  const memberships = await tx.groupMember.groupBy({
    by: ["groupId"],
    where: { orgId, directoryUserId: { in: held } },
  });
  const groupIds = memberships.map(({ groupId }) => groupId);
  await tx.directoryUser.deleteMany({ where: { orgId, directoryId, id: { in: held } } });
  await tx.deletedResource.createMany({
    data: held.map((id) => ({ orgId, directoryId, id })),
    skipDuplicates: true,
  });
  await countAll(tx, scope, { directoryId, kind: "users", ids: held, by: -1 });
  if (await givesRole(tx, scope, groupIds)) {
    await applyRoles(tx, scope, { userIds: records.map(({ userId }) => userId) });
  }
  await bumpGroups(tx, scope, groupIds);
}

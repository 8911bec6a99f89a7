import "server-only";
import { done, write } from "lib/audit/write";
import { refused } from "lib/base/refusals";
import { removeRecords } from "lib/directories/record-steps";
import type { OrgScope } from "lib/scope/scope";
import type { DeleteUser } from "./schema";
import { endAccess, readTarget } from "./steps";

/**
 * Deletes a deactivated person for good; the audit log keeps what they did. A managed one leaves the directory with it
 * (AV-13): its id is a tombstone, and a later push makes somebody new, without anything of the old.
 */
export const deleteUser = (scope: OrgScope, { userId, confirmation }: DeleteUser) =>
  write(scope, async (tx) => {
    const user = await readTarget(tx, scope, userId);
    if (!user) return refused("not_found");
    if (user.status !== "deactivated") return refused("not_deactivated");
    if (confirmation.trim() !== user.name) return refused("confirmation_differs", { name: user.name });
    await endAccess(tx, scope, userId);
    const record = await tx.directoryUser.findFirst({
      where: { orgId: scope.orgId, userId },
      select: { id: true, directoryId: true, userName: true },
    });
    if (record) await removeRecords(tx, scope, { directoryId: record.directoryId, ids: [record.id] });
    await tx.user.deleteMany({ where: { orgId: scope.orgId, id: userId } });
    const payload = { email: user.email, ...(record ? { userName: record.userName } : {}) };
    return done("user.deleted", user.target, payload);
  });

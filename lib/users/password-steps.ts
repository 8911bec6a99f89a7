import "server-only";
import type { WriteClient } from "lib/audit/write";
import type { OrgScope } from "lib/scope/scope";

/**
 * Erases the passwords that a connection's directory stored (V-12): whoever has one of these has no password from now
 * on. Passwords that people set themselves, an owner's above all, are not the directory's and stay.
 */
export async function erasePasswords(tx: WriteClient, scope: OrgScope, connectionId: string): Promise<number> {
  const { count } = await tx.user.updateMany({
    where: { orgId: scope.orgId, connectionId, passwordSynced: true },
    data: { passwordHash: null, passwordSynced: false },
  });
  return count;
}

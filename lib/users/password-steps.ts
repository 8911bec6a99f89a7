import "server-only";
import type { WriteClient } from "lib/audit/write";
import type { OrgScope } from "lib/scope/scope";
import { endLinks } from "./steps";

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

/**
 * Managed people have no password of their own (DF-34): that of an owner ends with the role, and the links to a new one
 * with it. Call it once the person is no owner any more; what the directory stored is left to its switches.
 */
export async function endOwnPassword(tx: WriteClient, scope: OrgScope, userId: string): Promise<void> {
  const own = { source: "scim", role: { not: "owner" }, passwordSynced: false, passwordHash: { not: null } } as const;
  const { count } = await tx.user.updateMany({
    where: { orgId: scope.orgId, id: userId, ...own },
    data: { passwordHash: null },
  });
  if (count > 0) await endLinks(tx, scope, userId);
}

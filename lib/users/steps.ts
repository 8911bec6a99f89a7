import "server-only";
import type { WriteClient } from "lib/audit/write";
import { minutesAgo, now } from "lib/base/clock";
import { AppError } from "lib/base/errors";
import { freshMinutes, mayRole } from "lib/scope/permissions";
import type { OrgScope, Role } from "lib/scope/scope";

/** For display and the list's order: given + family name where there are any, else the address. */
export const displayName = (names: { firstName?: string | null; lastName?: string | null; email: string }) =>
  [names.firstName, names.lastName].flatMap((name) => name?.trim() || []).join(" ") || names.email;

/** Lower case for keys in code, never SQL lower(); ASCII only in addresses, which normalizeEmail has checked. */
export const lowerKey = (text: string) => text.normalize("NFC").toLowerCase();

/** Owners are managed by owners only, with a fresh proof. Throws AppError. */
export function demandOwnerRights(scope: OrgScope): void {
  if (!mayRole(scope.role, "owner:manage")) throw new AppError("forbidden");
  if (scope.actor.kind === "user" && scope.actor.provedAt < minutesAgo(freshMinutes)) {
    throw new AppError("reauthentication_required");
  }
}

/** Ends the person's sessions, sign-ins under way and one-time links; counts what ended, for the event. */
export async function endAccess(
  tx: WriteClient,
  scope: OrgScope,
  userId: string,
): Promise<{ sessionsEnded: number; linksEnded: number }> {
  const where = { orgId: scope.orgId, userId };
  const sessions = await tx.session.deleteMany({ where });
  await tx.pendingSignIn.deleteMany({ where });
  const links = await tx.oneTimeLink.updateMany({
    where: { orgId: scope.orgId, targetId: userId, usedAt: null, revokedAt: null },
    data: { revokedAt: now() },
  });
  return { sessionsEnded: sessions.count, linksEnded: links.count };
}

/**
 * Locks the organization's row, so that two demotions at once cannot leave it without an owner, and tells whether
 * somebody other than `userId` is an active owner. Take it before any user's row (lock order: organization first).
 */
export async function hasOtherOwner(tx: WriteClient, scope: OrgScope, userId: string): Promise<boolean> {
  await tx.$queryRaw`SELECT id FROM "Organization" WHERE id = ${scope.orgId}::uuid FOR UPDATE`;
  const others = await tx.user.count({
    where: { orgId: scope.orgId, role: "owner", status: "active", blockedAt: null, id: { not: userId } },
  });
  return others > 0;
}

/** True where taking this person's access or role away would leave the organization without an owner. */
export async function isLastOwner(
  tx: WriteClient,
  scope: OrgScope,
  user: { id: string; role: Role; status: string },
): Promise<boolean> {
  return user.role === "owner" && user.status === "active" && !(await hasOtherOwner(tx, scope, user.id));
}

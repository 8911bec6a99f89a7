import "server-only";
import type { WriteClient } from "lib/audit/write";
import { minutesAgo, minutesFromNow, now } from "lib/base/clock";
import { randomToken, sha256 } from "lib/base/crypto";
import { AppError } from "lib/base/errors";
import { type Refused, refused } from "lib/base/refusals";
import { providerWord } from "lib/connections/schema";
import { subjectKey } from "lib/protocol/saml/attributes";
import { normalizeEmail } from "lib/protocol/saml/email-address";
import { freshMinutes, mayRole } from "lib/scope/permissions";
import type { OrgScope, Role } from "lib/scope/scope";
import { Prisma } from "prisma/client/client";
import { makeManual } from "./manual-steps";
import { sessionMinutes } from "./session-life";

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
  const { orgId } = scope;
  const [ended] = await tx.$queryRaw<[{ sessionsEnded: number; linksEnded: number }]>`
    WITH sessions AS (
      DELETE FROM "Session" WHERE "orgId" = ${orgId}::uuid AND "userId" = ${userId}::uuid RETURNING 1),
    pending AS (
      DELETE FROM "PendingSignIn" WHERE "orgId" = ${orgId}::uuid AND "userId" = ${userId}::uuid),
    links AS (
      UPDATE "OneTimeLink" SET "revokedAt" = ${now().toISOString()}::timestamptz
       WHERE "orgId" = ${orgId}::uuid AND "targetId" = ${userId}::uuid AND "usedAt" IS NULL AND "revokedAt" IS NULL
      RETURNING 1)
    SELECT (SELECT count(*)::int FROM sessions) AS "sessionsEnded", (SELECT count(*)::int FROM links) AS "linksEnded"`;
  return ended;
}

/** Ends the person's one-time links: what was mailed under the old standing or address opens nothing any more. */
export async function endLinks(tx: WriteClient, scope: OrgScope, userId: string): Promise<number> {
  const { count } = await tx.oneTimeLink.updateMany({
    where: { orgId: scope.orgId, targetId: userId, usedAt: null, revokedAt: null },
    data: { revokedAt: now() },
  });
  return count;
}

/**
 * Notes the address that a person with a password has proved, before an identity provider's word replaces it by
 * `after`: whoever owns the new mailbox must not get a new password by mail (scim.md section 12).
 */
export async function keepProvedEmail(tx: WriteClient, scope: OrgScope, userId: string, after: string): Promise<void> {
  await tx.$executeRaw`
    UPDATE "User" SET "provedEmail" = coalesce("provedEmail", "emailLower")
     WHERE "orgId" = ${scope.orgId}::uuid AND id = ${userId}::uuid AND "passwordHash" IS NOT NULL
       AND NOT "passwordSynced" AND "emailLower" <> ${after}`;
}

/**
 * Locks the organization's row, so that two demotions at once cannot leave it without an owner, and tells whether
 * somebody other than `userId` is an active owner. Take it before any user's row (lock order: organization first).
 */
export async function hasOtherOwner(tx: WriteClient, scope: OrgScope, userId: string): Promise<boolean> {
  await tx.$queryRaw`SELECT id FROM "Organization" WHERE id = ${scope.orgId}::uuid FOR NO KEY UPDATE`;
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

/** A person that an owner or admin acts on, locked; an owner demands owner rights. Null: not of this organization. */
export async function readTarget(tx: WriteClient, scope: OrgScope, userId: string) {
  // Lock order: the organization, whose owners are counted, before any user.
  await tx.$queryRaw`SELECT id FROM "Organization" WHERE id = ${scope.orgId}::uuid FOR NO KEY UPDATE`;
  await tx.$queryRaw`
    SELECT id FROM "User" WHERE "orgId" = ${scope.orgId}::uuid AND id = ${userId}::uuid FOR NO KEY UPDATE`;
  const user = await tx.user.findFirst({
    where: { orgId: scope.orgId, id: userId },
    include: { connection: { select: { provider: true } } },
  });
  if (!user) return null;
  if (user.role === "owner") demandOwnerRights(scope);
  return {
    ...user,
    provider: providerWord(user.connection?.provider ?? "custom"),
    target: { kind: "user", id: user.id, name: user.name } as const,
  };
}

/** The refusal where taking this person's access or role away would leave the organization without an owner. */
export async function refuseLastOwner(
  tx: WriteClient,
  scope: OrgScope,
  user: { id: string; role: Role; status: string },
): Promise<Refused<"last_owner"> | null> {
  if (!(await isLastOwner(tx, scope, user))) return null;
  const { name } = await tx.organization.findUniqueOrThrow({ where: { id: scope.orgId }, select: { name: true } });
  return refused("last_owner", { organization: name });
}

export type SessionMethod = "password" | "sso" | "setup" | "recover" | "invite";

/**
 * Opens a session and answers the cookie's value, or null where user or organization is not active: both rows are
 * locked, so a sign-in under way loses the race against a deactivation. The session that this browser held before is
 * over, whosever it was (no fixation): `formerCookie` is its cookie's value.
 */
export async function openSession(
  tx: WriteClient,
  scope: OrgScope,
  session: {
    userId: string;
    method: SessionMethod;
    formerCookie: string | null;
    connectionId?: string;
    expiresAt?: Date;
  },
): Promise<string | null> {
  // Lock order: the organization, which a deactivation holds first, before the user, whose row is written below.
  const open = await tx.$queryRaw<unknown[]>`
    SELECT 1 FROM "Organization" WHERE id = ${scope.orgId}::uuid AND NOT suspended FOR SHARE`;
  const active = await tx.$queryRaw<unknown[]>`
    SELECT 1 FROM "User"
     WHERE "orgId" = ${scope.orgId}::uuid AND id = ${session.userId}::uuid AND status = 'active' AND "blockedAt" IS NULL
       FOR NO KEY UPDATE`;
  if (open.length === 0 || active.length === 0) return null;
  if (session.formerCookie) await tx.session.deleteMany({ where: { hash: sha256(session.formerCookie) } });
  const value = randomToken();
  const longest = minutesFromNow(sessionMinutes);
  await tx.session.create({
    data: {
      hash: sha256(value),
      orgId: scope.orgId,
      userId: session.userId,
      method: session.method,
      connectionId: session.connectionId ?? null,
      expiresAt: session.expiresAt && session.expiresAt < longest ? session.expiresAt : longest,
      createdAt: now(),
      lastSeenAt: now(),
      clientAddress: scope.request.clientAddress,
      userAgent: scope.request.userAgent,
    },
  });
  await tx.user.updateMany({
    where: { orgId: scope.orgId, id: session.userId },
    data: { lastSignInAt: now(), lastSignInMethod: session.method },
  });
  return value;
}

const linkLife = { invite: 7 * 24 * 60, reset: 30, recover: 15 } as const;
export type LinkKind = keyof typeof linkLife;

/** Makes a one-time link for a user, ends earlier ones of its kind, and answers its path: the only time it is known. */
export async function makeLink(
  tx: WriteClient,
  scope: OrgScope,
  { kind, userId }: { kind: LinkKind; userId: string },
): Promise<{ path: string; expiresAt: Date }> {
  await tx.oneTimeLink.updateMany({
    where: { orgId: scope.orgId, kind, targetId: userId, usedAt: null, revokedAt: null },
    data: { revokedAt: now() },
  });
  const value = randomToken();
  const expiresAt = minutesFromNow(linkLife[kind]);
  await tx.oneTimeLink.create({ data: { hash: sha256(value), orgId: scope.orgId, kind, targetId: userId, expiresAt } });
  return { path: kind === "invite" ? `/invite/${value}` : `/reset/${value}`, expiresAt };
}

/** Uses a link up; false where another request was faster, or it is over. */
export async function takeLink(tx: WriteClient, scope: OrgScope, hash: string): Promise<boolean> {
  const { count } = await tx.oneTimeLink.updateMany({
    where: { hash, orgId: scope.orgId, usedAt: null, revokedAt: null, expiresAt: { gt: now() } },
    data: { usedAt: now() },
  });
  return count === 1;
}

/**
 * Frees the people of a connection that goes: they are kept as manual ones, or lose their access in the same step.
 * Refused where the latter would leave the organization without an owner.
 */
export async function releaseUsers(
  tx: WriteClient,
  scope: OrgScope,
  connectionId: string,
  fate: "manual" | "deactivate",
): Promise<{ ok: true; users: number; sessionsEnded: number } | Refused<"last_owner">> {
  const { orgId } = scope;
  let sessionsEnded = 0;
  if (fate === "deactivate") {
    const owners = { orgId, role: "owner", status: "active", blockedAt: null } as const;
    const leaving = await tx.user.count({ where: { ...owners, connectionId } });
    if (leaving > 0 && leaving === (await tx.user.count({ where: owners }))) {
      const { name } = await tx.organization.findUniqueOrThrow({ where: { id: orgId }, select: { name: true } });
      return refused("last_owner", { organization: name });
    }
    sessionsEnded = await endAccessOfAll(tx, scope, connectionId);
  }
  const people = Prisma.sql`"connectionId" = ${connectionId}::uuid`;
  const { users } = await makeManual(tx, scope, people, fate === "deactivate" ? scope.actor.name : null);
  return { ok: true, users, sessionsEnded };
}

/** The same as endAccess for everybody of a connection, without carrying their ids through here. */
async function endAccessOfAll(tx: WriteClient, scope: OrgScope, connectionId: string): Promise<number> {
  const people = Prisma.sql`
    SELECT id FROM "User" WHERE "orgId" = ${scope.orgId}::uuid AND "connectionId" = ${connectionId}::uuid`;
  await tx.$executeRaw`
    DELETE FROM "PendingSignIn" WHERE "orgId" = ${scope.orgId}::uuid AND "userId" IN (${people})`;
  await tx.$executeRaw`
    UPDATE "OneTimeLink" SET "revokedAt" = ${now()}
     WHERE "orgId" = ${scope.orgId}::uuid AND "targetId" IN (${people}) AND "usedAt" IS NULL AND "revokedAt" IS NULL`;
  return tx.$executeRaw`DELETE FROM "Session" WHERE "orgId" = ${scope.orgId}::uuid AND "userId" IN (${people})`;
}

/**
 * Address-shaped subjects follow the directory (sign-in.md 7.2 step 5): an identity of this connection under a name
 * that somebody is given now retires from whoever else has it, and the person's own moves along from the old name to
 * the new one. Opaque subjects never move. Answers how many did, for the caller's event.
 */
export async function moveIdentities(
  tx: WriteClient,
  scope: OrgScope,
  {
    connectionId,
    userId,
    names,
  }: { connectionId: string; userId: string; names: { before: string | null; after: string }[] },
): Promise<number> {
  const changed = names.filter(({ before, after }) => normalizeEmail(after).ok && before !== after);
  if (changed.length === 0) return 0;
  const where = { orgId: scope.orgId, connectionId };
  const subjects = changed.map(({ after }) => subjectKey(after));
  let moved = await tx.$executeRaw`
    DELETE FROM "Identity"
     WHERE "orgId" = ${scope.orgId}::uuid AND "connectionId" = ${connectionId}::uuid
       AND subject = ANY(${subjects}) AND "userId" <> ${userId}::uuid`;
  for (const { before, after } of changed) {
    if (before === null || !normalizeEmail(before).ok) continue;
    const own = { ...where, userId, subject: subjectKey(before) };
    const { count } = await tx.identity.updateMany({ where: own, data: { subject: subjectKey(after), nameId: after } });
    moved += count;
  }
  return moved;
}

import "server-only";
import { minutesAgo, now } from "lib/base/clock";
import { sha256 } from "lib/base/crypto";
import { readSql } from "lib/base/db";
import { touchSession } from "lib/base/touch";
import type { Role } from "lib/scope/scope";
import { idleMinutes } from "./session-life";

export type LiveSession = {
  orgId: string;
  hash: string;
  id: string;
  userId: string;
  connectionId: string | null;
  method: string;
  createdAt: Date;
  expiresAt: Date;
  role: Role;
  name: string;
  email: string;
  organization: string;
  hasPassword: boolean;
};

/**
 * The session behind a cookie's value, with its user and organization in one query, so that an end or a change of role
 * holds at the next request on every replica. Null where anything is missing, over, unused for too long or not active.
 */
export async function resolveSession(cookie: string | undefined): Promise<LiveSession | null> {
  if (!cookie || !/^[A-Za-z0-9_-]{43}$/.test(cookie)) return null;
  const hash = sha256(cookie);
  const [session] = await readSql<LiveSession & { lastSeenAt: Date }>`
    SELECT s."orgId", s.hash, s.id, s."userId", s."connectionId", s.method, s."createdAt", s."expiresAt", s."lastSeenAt",
           u.role::text AS role, u.name, u.email, u."passwordHash" IS NOT NULL AS "hasPassword", o.name AS organization
      FROM "Session" s
      JOIN "User" u ON u."orgId" = s."orgId" AND u.id = s."userId"
      JOIN "Organization" o ON o.id = s."orgId"
     WHERE s.hash = ${hash} AND s."expiresAt" > ${now()} AND s."lastSeenAt" > ${minutesAgo(idleMinutes)}
       AND u.status = 'active' AND u."blockedAt" IS NULL AND NOT o.suspended`;
  if (!session) return null;
  if (session.lastSeenAt < minutesAgo(1)) void touchSession(hash);
  return session;
}

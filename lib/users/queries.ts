import "server-only";
import { db } from "lib/base/db";
import type { OrgScope } from "lib/scope/scope";

/** One person with everything their page shows; null where the id is not of this organization. */
export async function readUser(scope: OrgScope, userId: string) {
  const where = { orgId: scope.orgId, id: userId };
  const [user, sessions] = await Promise.all([
    db.user.findFirst({
      where,
      omit: { passwordHash: true, nameLower: true },
      include: {
        connection: { select: { id: true, name: true, provider: true, directory: { select: { enabled: true } } } },
        identities: {
          include: { connection: { select: { id: true, name: true, provider: true } } },
          orderBy: { id: "asc" },
        },
        directoryUser: {
          select: {
            id: true,
            userName: true,
            externalId: true,
            active: true,
            document: true,
            createdAt: true,
            updatedAt: true,
          },
        },
      },
    }),
    listSessions(scope, userId),
  ]);
  if (!user) return null;
  const password = await db.user.count({ where: { ...where, passwordHash: { not: null } } });
  return { ...user, hasPassword: password > 0, sessions };
}

export type UserDetail = NonNullable<Awaited<ReturnType<typeof readUser>>>;

/** A person's live sessions, newest first. */
export const listSessions = (scope: OrgScope, userId: string) =>
  db.session.findMany({
    where: { orgId: scope.orgId, userId },
    select: {
      id: true,
      method: true,
      clientAddress: true,
      userAgent: true,
      createdAt: true,
      lastSeenAt: true,
      expiresAt: true,
      hash: true,
    },
    orderBy: { createdAt: "desc" },
    take: 100,
  });

/** Up to three owners to ask, for the 403 page. */
export const listOwnersToAsk = (scope: OrgScope) =>
  db.user.findMany({
    where: { orgId: scope.orgId, role: "owner", status: "active" },
    select: { name: true, email: true },
    orderBy: { id: "asc" },
    take: 3,
  });

/** Where a person without a password proves who they are again; null for whoever has one. */
export async function readSignInAgain(
  { orgId }: OrgScope,
  session: { userId: string; connectionId: string | null; hasPassword: boolean },
) {
  if (session.hasPassword) return null;
  const identities = await db.identity.findMany({
    where: { orgId, userId: session.userId, connection: { orgId, status: "active" } },
    select: { connection: { select: { id: true, label: true } } },
  });
  const active = identities.map(({ connection }) => connection);
  const connection = active.find(({ id }) => id === session.connectionId) ?? active[0];
  return connection ? { href: `/sign-in/with/${connection.id}`, label: connection.label } : null;
}

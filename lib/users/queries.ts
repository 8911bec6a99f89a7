import "server-only";
import { db } from "lib/base/db";
import { keysetOf, pageOf } from "lib/base/keyset";
import type { Place } from "lib/base/page-cursor";
import { directoryOptions } from "lib/directories/schema";
import { foldKey } from "lib/protocol/scim/fold";
import type { OrgScope } from "lib/scope/scope";
import type { Prisma } from "prisma/client/client";
import type { UserFilter } from "./schema";
import { lowerKey } from "./steps";

/** Totals are exact to here; beyond, the page says "10,000+". */
const exactTotal = 10_000;

const rowSelect = {
  id: true,
  name: true,
  email: true,
  role: true,
  status: true,
  source: true,
  blockedAt: true,
  blockedByName: true,
  lastSignInAt: true,
  lastSignInMethod: true,
  nameLower: true,
  connection: { select: { id: true, name: true, provider: true, directory: { select: { enabled: true } } } },
  directoryUser: {
    select: { memberships: { select: { group: { select: { id: true, displayName: true } } }, take: 3 } },
  },
  localMembers: { select: { group: { select: { id: true, displayName: true } } }, take: 3 },
} satisfies Prisma.UserSelect;

export type UserRow = Prisma.UserGetPayload<{ select: typeof rowSelect }>;
export type UserPage = {
  users: UserRow[];
  total: number;
  /** People whom their directory released (V-1): only whoever asks for a status or a name sees them. */
  hidden: number;
  next: string | null;
  previous: string | null;
};

/** A part of a key column, as PostgreSQL's LIKE takes it: wildcards stand for themselves. */
const part = (text: string) => ({ contains: text.replace(/[\\%_]/g, "\\$&") });

function conditions(scope: OrgScope, filter: UserFilter): Prisma.UserWhereInput {
  const words = lowerKey(filter.q);
  return {
    orgId: scope.orgId,
    ...(words
      ? {
          OR: [{ nameLower: part(words) }, { emailLower: part(words) }, { directoryUser: { externalId: filter.q } }],
        }
      : {}),
    ...(filter.status.length ? { status: { in: filter.status } } : {}),
    ...(filter.source.length ? { source: { in: filter.source } } : {}),
    ...(filter.role.length ? { role: { in: filter.role } } : {}),
    ...(filter.connection.length ? { connectionId: { in: filter.connection } } : {}),
    ...(filter.department ? { departmentLower: part(foldKey(filter.department)) } : {}),
    ...(filter.manager ? { managerLower: part(foldKey(filter.manager)) } : {}),
  };
}

// People who never signed in sort as the oldest; an ISO time orders like its instant.
const never = "0";

/** One page of people, in a stable order: by name or last sign-in, ties by id. */
export async function listUsers(scope: OrgScope, filter: UserFilter): Promise<UserPage> {
  const asked = conditions(scope, filter);
  const released = filter.status.length > 0 || filter.q ? null : await findReleased(scope);
  const where = released ? { ...asked, NOT: released } : asked;
  const [{ rows, ...cursors }, total, hidden] = await Promise.all([
    findPage(where, filter),
    db.user.count({ where, take: exactTotal + 1 }),
    released ? db.user.count({ where: { AND: [asked, released], orgId: scope.orgId }, take: exactTotal + 1 }) : 0,
  ]);
  return { users: rows, ...cursors, total, hidden };
}

/** Whom a directory with the setting "release" deactivated; null where none has it. */
async function findReleased({ orgId }: OrgScope): Promise<Prisma.UserWhereInput | null> {
  const directories = await db.directory.findMany({ where: { orgId }, select: { connectionId: true, options: true } });
  const releasing = directories.filter(({ options }) => directoryOptions.parse(options).deactivated === "release");
  if (releasing.length === 0) return null;
  const connectionIds = releasing.map(({ connectionId }) => connectionId);
  return { orgId, status: "deactivated", source: "scim", connectionId: { in: connectionIds } };
}

async function findPage(where: Prisma.UserWhereInput, filter: UserFilter) {
  const byName = filter.sort.endsWith("name");
  const { place, direction, take } = keysetOf(filter, filter.sort.startsWith("-"));
  const found = await db.user.findMany({
    where: place ? { AND: [where, beyond(place, byName, direction)] } : where,
    select: rowSelect,
    orderBy: [
      byName
        ? { nameLower: direction }
        : { lastSignInAt: { sort: direction, nulls: direction === "asc" ? "first" : "last" } },
      { id: direction },
    ],
    take,
  });
  return pageOf(found, filter, place, (user) => ({
    key: byName ? user.nameLower : (user.lastSignInAt?.toISOString() ?? never),
    id: user.id,
  }));
}

function beyond(place: Place, byName: boolean, direction: "asc" | "desc"): Prisma.UserWhereInput {
  const step = direction === "asc" ? "gt" : "lt";
  const tie = { id: { [step]: place.id } };
  if (byName) return { OR: [{ nameLower: { [step]: place.key } }, { nameLower: place.key, ...tie }] };
  const time = Date.parse(place.key);
  if (Number.isNaN(time)) {
    const sameKind = { lastSignInAt: null, ...tie };
    return direction === "asc" ? { OR: [sameKind, { lastSignInAt: { not: null } }] } : sameKind;
  }
  const at = new Date(time);
  const later = { lastSignInAt: { [step]: at } };
  const same = { lastSignInAt: at, ...tie };
  return direction === "asc" ? { OR: [later, same] } : { OR: [later, same, { lastSignInAt: null }] };
}

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
export async function readSignInAgain(scope: OrgScope, session: { userId: string; connectionId: string | null }) {
  const user = await db.user.findFirst({
    where: { orgId: scope.orgId, id: session.userId },
    select: {
      passwordHash: true,
      identities: { select: { connection: { select: { id: true, label: true, status: true } } } },
    },
  });
  if (!user || user.passwordHash) return null;
  const active = user.identities.map(({ connection }) => connection).filter(({ status }) => status === "active");
  const connection = active.find(({ id }) => id === session.connectionId) ?? active[0];
  return connection ? { href: `/sign-in/with/${connection.id}`, label: connection.label } : null;
}

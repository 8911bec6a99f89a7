import "server-only";
import type { WriteClient } from "lib/audit/write";
import { readQuery } from "lib/base/db";
import { absoluteUrl } from "lib/base/env";
import { scimBaseUrl } from "lib/directories/schema";
import type { JsonObject } from "lib/protocol/scim/json";
import { type GroupOfUser, locationOf, renderUser } from "lib/protocol/scim/render";
import type { Role } from "lib/scope/scope";
import { Prisma } from "prisma/client/client";
import type { ScimCall } from "./scim-call";
import { notFound } from "./scim-error";

/** A user of the directory with the account behind it. */
export type StoredUser = {
  id: string;
  userId: string;
  userName: string;
  userNameKey: string;
  externalId: string | null;
  active: boolean;
  workEmailKey: string;
  document: JsonObject;
  version: number;
  createdAt: Date;
  updatedAt: Date;
  email: string;
  name: string;
  role: Role;
  status: "invited" | "active" | "deactivated";
  blocked: boolean;
  groups: GroupOfUser[];
};

/** Our ids are lower-case UUIDs; anything else is answered without asking the database. */
export const isId = (text: string): boolean => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text);

export const userColumns = Prisma.sql`
  d.id, d."userId", d."userName", d."userNameKey", d."externalId", d.active, d."workEmailKey", d.document, d.version,
  d."createdAt", d."updatedAt", u.email, u.name, u.role::text AS role, u.status::text AS status,
  u."blockedAt" IS NOT NULL AS blocked,
  coalesce((SELECT json_agg(json_build_object('id', g.id, 'displayName', g."displayName") ORDER BY g.id)
              FROM "GroupMember" m JOIN "Group" g ON g."orgId" = m."orgId" AND g.id = m."groupId"
             WHERE m."orgId" = d."orgId" AND m."directoryUserId" = d.id), '[]') AS groups`;

export const userTables = Prisma.sql`"DirectoryUser" d JOIN "User" u ON u."orgId" = d."orgId" AND u.id = d."userId"`;

/** Every statement is bound to the organization and the directory of the token. */
export const ofDirectory = ({ scope, directory }: ScimCall): Prisma.Sql =>
  Prisma.sql`d."orgId" = ${scope.orgId}::uuid AND d."directoryId" = ${directory.id}::uuid`;

const byId = (call: ScimCall) =>
  Prisma.sql`SELECT ${userColumns} FROM ${userTables} WHERE ${ofDirectory(call)} AND d.id = ${call.id}::uuid`;

/** The user that the path names. Throws 404. */
export async function readStoredUser(call: ScimCall): Promise<StoredUser> {
  if (!isId(call.id)) return notFound("User", call.id);
  const [user] = await readQuery<StoredUser>(byId(call));
  return user ?? notFound("User", call.id);
}

/**
 * The same, locked and read anew: two changes of one user come one after another. Whoever `leaves` is held against
 * memberships under way too, which have the record before the account, as this has.
 */
export async function lockStoredUser(tx: WriteClient, call: ScimCall, leaves = false): Promise<StoredUser> {
  if (!isId(call.id)) return notFound("User", call.id);
  const record = leaves ? Prisma.sql`FOR UPDATE OF d` : Prisma.sql`FOR NO KEY UPDATE OF d`;
  const [user] = await tx.$queryRaw<StoredUser[]>(Prisma.sql`${byId(call)} ${record} FOR NO KEY UPDATE OF u`);
  return user ?? notFound("User", call.id);
}

export const baseUrl = () => scimBaseUrl(absoluteUrl(""));

export const userLocation = (id: string) => locationOf(baseUrl(), "User", id);

export const renderStored = (
  user: Pick<StoredUser, "id" | "createdAt" | "updatedAt" | "version" | "groups">,
  document: JsonObject,
): JsonObject =>
  renderUser(document, {
    id: user.id,
    meta: { created: user.createdAt, lastModified: user.updatedAt, version: user.version },
    groups: user.groups,
    baseUrl: baseUrl(),
  });

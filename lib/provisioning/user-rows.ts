import "server-only";
import type { WriteClient } from "lib/audit/write";
import { now } from "lib/base/clock";
import { count } from "lib/directories/steps";
import { bumpGroups } from "lib/groups/steps";
import type { UserRecord } from "lib/protocol/scim/describe-user";
import { foldKey } from "lib/protocol/scim/fold";
import type { OrgScope } from "lib/scope/scope";
import type { Prisma } from "prisma/client/client";

/** The columns of a directory's record. */
export const recordColumns = (record: UserRecord) => ({
  userName: record.userName,
  userNameKey: record.userNameKey,
  externalId: record.externalId,
  active: record.active,
  workEmailKey: record.workEmailKey,
  document: record.document as Prisma.InputJsonObject,
});

/** An account's name is indexed and shown in lists; the document keeps the whole. */
export const longestAccountName = 256;
const cut = (text: string) => [...text].slice(0, longestAccountName).join("");

/** What the account takes over from the directory, which owns the profile of a managed person. */
export const accountColumns = (record: UserRecord) => ({
  email: record.workEmailKey,
  emailLower: record.workEmailKey,
  name: cut(record.displayName),
  nameLower: foldKey(cut(record.displayName)),
  firstName: record.givenName || null,
  lastName: record.familyName || null,
});

/** Who took the access away, while the account is deactivated. */
export const standing = (scope: OrgScope, active: boolean) =>
  active
    ? ({ status: "active", deactivatedAt: null, deactivatedBy: null } as const)
    : ({ status: "deactivated", deactivatedAt: now(), deactivatedBy: scope.actor.name } as const);

type RecordId = { directoryId: string; id: string };

/** Keeps the e-mails as rows, so that a filter finds them without reading documents. */
export async function writeEmails(tx: WriteClient, scope: OrgScope, { directoryId, id }: RecordId, record: UserRecord) {
  const keys = { orgId: scope.orgId, directoryId, directoryUserId: id };
  if (record.emails.length === 0) return;
  await tx.directoryUserEmail.createMany({
    data: record.emails.map(({ valueKey, typeKey, primary }, ordinal) => ({
      ...keys,
      ordinal,
      valueKey,
      typeKey,
      primary,
    })),
  });
}

/** Takes a record out of its directory: out of every group and list, its id kept as a tombstone. The account stays. */
export async function removeRecord(tx: WriteClient, scope: OrgScope, { directoryId, id }: RecordId): Promise<void> {
  // Waits for memberships under way, which hold the record: what they add is found below.
  await tx.$queryRaw`
    SELECT 1 FROM "DirectoryUser" WHERE "orgId" = ${scope.orgId}::uuid AND id = ${id}::uuid FOR UPDATE`;
  const groupIds = await tx.groupMember.findMany({
    where: { orgId: scope.orgId, directoryUserId: id },
    select: { groupId: true },
  });
  await tx.directoryUser.deleteMany({ where: { orgId: scope.orgId, directoryId, id } });
  await tx.deletedResource.createMany({ data: [{ orgId: scope.orgId, directoryId, id }], skipDuplicates: true });
  await count(tx, scope, { directoryId, kind: "users", id, by: -1 });
  await bumpGroups(
    tx,
    scope,
    groupIds.map(({ groupId }) => groupId),
  );
}

import "server-only";
import type { WriteClient } from "lib/audit/write";
import { now } from "lib/base/clock";
import { assigned, type Columns, insertInto } from "lib/base/columns";
import type { RecordId } from "lib/directories/record-steps";
import type { UserRecord } from "lib/protocol/scim/describe-user";
import { foldKey } from "lib/protocol/scim/fold";
import { isObject, type JsonObject, own } from "lib/protocol/scim/json";
import { enterpriseUrn } from "lib/protocol/scim/messages";
import type { OrgScope } from "lib/scope/scope";
import { filterColumns } from "lib/users/profile-steps";
import { Prisma } from "prisma/client/client";

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
  ...filterColumns(workOf(record.document)),
});

/** Department and manager, whom most providers name without an id (FD-11). */
function workOf(document: JsonObject): { department?: string; manager?: string } {
  const enterprise = own(document, enterpriseUrn);
  if (!isObject(enterprise)) return {};
  const [department, manager] = [own(enterprise, "department"), own(enterprise, "manager")];
  const displayName = isObject(manager) ? own(manager, "displayName") : undefined;
  return {
    ...(typeof department === "string" ? { department } : {}),
    ...(typeof displayName === "string" ? { manager: displayName } : {}),
  };
}

/** Who took the access away, while the account is deactivated. */
export const standing = (scope: OrgScope, active: boolean) =>
  active
    ? ({ status: "active", deactivatedAt: null, deactivatedBy: null } as const)
    : ({ status: "deactivated", deactivatedAt: now(), deactivatedBy: scope.actor.name } as const);

/** The e-mails as rows, so that a filter finds them without reading documents. */
const emailRows = ({ orgId, directoryId, id }: RecordKeys, { emails }: UserRecord): Columns[] =>
  emails.map(({ valueKey, typeKey, primary }, ordinal) => ({
    ...{ orgId, directoryId, directoryUserId: id },
    ...{ ordinal, valueKey, typeKey, primary },
  }));

export type RecordKeys = RecordId & { orgId: string };

/** The rows of a new record in one statement: the account's, where there was none, its own and those of its e-mails. */
export async function insertRows(
  tx: WriteClient,
  keys: RecordKeys,
  record: UserRecord,
  { userId, at, account }: { userId: string; at: Date; account: Columns | null },
): Promise<void> {
  const moment = { createdAt: at, updatedAt: at };
  const emails = emailRows(keys, record);
  const parts = [
    ...(account ? [Prisma.sql`account AS (${insertInto("User", [{ ...account, ...moment }])})`] : []),
    ...(emails.length > 0 ? [Prisma.sql`emails AS (${insertInto("DirectoryUserEmail", emails)})`] : []),
  ];
  const beside = parts.length > 0 ? Prisma.sql`WITH ${Prisma.join(parts)}` : Prisma.empty;
  const own = { ...keys, userId, ...recordColumns(record), ...moment };
  await tx.$executeRaw`${beside} ${insertInto("DirectoryUser", [own])}`;
}

/** The rows of a record and of its account, both locked, as they are from now on: one statement. */
export async function updateRows(
  tx: WriteClient,
  { orgId, directoryId, id }: RecordKeys,
  { userId, record, account }: { userId: string; record: Columns; account: Columns },
): Promise<void> {
  await tx.$executeRaw`
    WITH record AS (
      UPDATE "DirectoryUser" SET ${assigned(record)}
       WHERE "orgId" = ${orgId}::uuid AND "directoryId" = ${directoryId}::uuid AND id = ${id}::uuid)
    UPDATE "User" SET ${assigned({ ...account, updatedAt: now() })}, version = version + 1
     WHERE "orgId" = ${orgId}::uuid AND id = ${userId}::uuid`;
}

/** The same of its e-mails. */
export async function replaceEmails(tx: WriteClient, keys: RecordKeys, record: UserRecord): Promise<void> {
  const { orgId, id } = keys;
  await tx.directoryUserEmail.deleteMany({ where: { orgId, directoryUserId: id } });
  const rows = emailRows(keys, record);
  if (rows.length > 0) await tx.$executeRaw(insertInto("DirectoryUserEmail", rows));
}

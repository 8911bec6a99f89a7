import "server-only";
import type { WriteClient } from "lib/audit/write";
import { now } from "lib/base/clock";
import type { RecordId } from "lib/directories/record-steps";
import type { UserRecord } from "lib/protocol/scim/describe-user";
import { foldKey } from "lib/protocol/scim/fold";
import { isObject, type JsonObject, own } from "lib/protocol/scim/json";
import { enterpriseUrn } from "lib/protocol/scim/messages";
import type { OrgScope } from "lib/scope/scope";
import { filterColumns } from "lib/users/profile-steps";
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

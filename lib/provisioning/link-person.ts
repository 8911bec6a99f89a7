import "server-only";
import type { WriteClient } from "lib/audit/write";
import { now } from "lib/base/clock";
import { newId } from "lib/base/crypto";
import { removeRecord } from "lib/directories/record-steps";
import type { UserRecord } from "lib/protocol/scim/describe-user";
import { shown } from "lib/protocol/scim/messages";
import type { Role } from "lib/scope/scope";
import { endAccess, endLinks } from "lib/users/steps";
import type { ScimCall } from "./scim-call";
import { accountColumns, standing } from "./user-rows";
import { demandOtherOwner, uniqueness } from "./user-rules";

/** V-6: what a new person may do; a directory never makes an admin or owner. */
const defaultRole: Role = "member";

type Person = {
  id: string;
  emailLower: string;
  name: string;
  role: Role;
  status: "invited" | "active" | "deactivated";
  source: "manual" | "sso" | "scim";
  blocked: boolean;
  deactivatedBy: string | null;
  /** The record that a directory of this organization has of this person already. */
  recordId: string | null;
  directoryId: string | null;
};

export type Account = { userId: string; blocked: boolean };

/** The person of this organization with the work e-mail, locked; nobody else is ever considered. */
export async function findPerson(tx: WriteClient, call: ScimCall, record: UserRecord): Promise<Person | null> {
  const { userNameKey, workEmailKey } = record;
  const found = await tx.$queryRaw<Person[]>`
    SELECT u.id, u."emailLower", u.name, u.role::text AS role, u.status::text AS status, u.source::text AS source,
           u."blockedAt" IS NOT NULL AS blocked, u."deactivatedBy", d.id AS "recordId", d."directoryId"
      FROM "User" u
      LEFT JOIN "DirectoryUser" d ON d."orgId" = u."orgId" AND d."userId" = u.id
     WHERE u."orgId" = ${call.scope.orgId}::uuid AND u."emailLower" IN (${workEmailKey}, ${userNameKey})
     ORDER BY u.id FOR NO KEY UPDATE OF u`;
  const person = found.find(({ emailLower }) => emailLower === workEmailKey);
  if (!person) return null;
  const other = found.find(({ id }) => id !== person.id);
  if (other) {
    throw uniqueness(
      `userName ${shown(record.userName)} belongs to ${shown(other.name)}, but the e-mail ${shown(record.workEmail)} to ${shown(person.name)}. Send both of one person.`,
    );
  }
  return person;
}

export async function createPerson(tx: WriteClient, call: ScimCall, record: UserRecord): Promise<Account> {
  const { scope, directory } = call;
  const userId = newId();
  const rights = { role: defaultRole, source: "scim", connectionId: directory.connectionId } as const;
  const account = { ...accountColumns(record), ...standing(scope, record.active), ...rights };
  await tx.user.createMany({ data: [{ orgId: scope.orgId, id: userId, ...account }] });
  return { userId, blocked: false };
}

/**
 * Makes an existing person managed (DG-11): id, role, groups, history and sessions stay; their password ends, except
 * an owner's. An unaccepted invitation gives nothing: whoever it was sent to has not proved the address.
 */
export async function linkPerson(
  tx: WriteClient,
  call: ScimCall,
  person: Person,
  record: UserRecord,
): Promise<Account> {
  const { scope, directory } = call;
  const where = { orgId: scope.orgId, id: person.id };
  // The address moved to this connection with its domain: the other directory's record ends.
  if (person.recordId && person.directoryId) {
    await removeRecord(tx, scope, { directoryId: person.directoryId, id: person.recordId });
  }
  const keepsPassword = person.role === "owner" && person.status === "active";
  if (!record.active) await demandOtherOwner(tx, call, person);
  if (!record.active || person.status === "invited") await endAccess(tx, scope, person.id);
  else if (!keepsPassword) await endLinks(tx, scope, person.id);
  // Whoever was deactivated by hand stays out until an administrator here says otherwise.
  const becomesBlocked = person.status === "deactivated" && person.source !== "scim" && !person.blocked;
  await tx.user.updateMany({
    where,
    data: {
      ...accountColumns(record),
      ...standing(scope, record.active),
      role: roleAfterLink(person),
      source: "scim",
      connectionId: directory.connectionId,
      ...(keepsPassword ? {} : { passwordHash: null }),
      ...(becomesBlocked ? { blockedAt: now(), blockedByName: person.deactivatedBy ?? scope.actor.name } : {}),
      version: { increment: 1 },
    },
  });
  return { userId: person.id, blocked: person.blocked || becomesBlocked };
}

/** No privilege comes back with a kept account (V-2), and a directory makes nobody an owner. */
function roleAfterLink({ role, status, source, recordId }: Person): Role {
  // An operator's word (`apply`) can have made a kept account an active owner meanwhile, perhaps the only one.
  if (role === "owner") return status === "active" ? role : defaultRole;
  const kept = source === "scim" && recordId === null;
  return kept ? defaultRole : role;
}

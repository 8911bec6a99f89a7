import "server-only";
import type { WriteClient } from "lib/audit/write";
import { now } from "lib/base/clock";
import type { Columns } from "lib/base/columns";
import { newId } from "lib/base/crypto";
import { removeRecords } from "lib/directories/record-steps";
import { releaseFromGroups } from "lib/groups/steps";
import type { UserRecord } from "lib/protocol/scim/describe-user";
import { shown } from "lib/protocol/scim/messages";
import type { Role } from "lib/scope/scope";
import { applyRoles } from "lib/users/apply-roles";
import { endAccess, endLinks } from "lib/users/steps";
import type { ScimCall } from "./scim-call";
import { accountColumns, standing } from "./user-rows";
import { demandOtherOwner, uniqueness } from "./user-rules";

/** V-6: what a new person may do; a directory never makes an admin or owner. */
export const defaultRole = "member" satisfies Role;

type Person = {
  id: string;
  emailLower: string;
  name: string;
  role: Role;
  status: "invited" | "active" | "deactivated";
  source: "manual" | "sso" | "scim";
  blocked: boolean;
  /** Null where a directory that is no longer theirs did it. */
  deactivatedBy: string | null;
  connectionId: string | null;
  /** The record that a directory of this organization has of this person already. */
  recordId: string | null;
  directoryId: string | null;
};

/** `columns`: those of an account that is not there yet. */
export type Account = { userId: string; blocked: boolean; columns: Columns | null };

/** The person of this organization with the work e-mail, locked; nobody else is ever considered. */
export async function findPerson(tx: WriteClient, call: ScimCall, record: UserRecord): Promise<Person | null> {
  const { userNameKey, workEmailKey } = record;
  const { directory } = call;
  const found = await tx.$queryRaw<Person[]>`
    SELECT u.id, u."emailLower", u.name, u.role::text AS role, u.status::text AS status, u.source::text AS source,
           u."blockedAt" IS NOT NULL AS blocked, u."deactivatedBy", u."connectionId", d.id AS "recordId", d."directoryId"
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
  if (directory.options.existingPeople === "refuse" && !isOfDirectory(person, directory)) {
    throw uniqueness(
      `${shown(record.workEmail)} belongs to somebody who is here already, and this directory takes nobody over. In Gatehouse, under Provisioning > Settings, choose to link people who are here already, or delete that account.`,
    );
  }
  return person;
}

/** Known to this very directory: by a record of today, or by one that it deleted (V-2). */
const isOfDirectory = (person: Person, { id, connectionId }: ScimCall["directory"]) =>
  person.directoryId === id || (isKept(person) && person.connectionId === connectionId);

/** What a DELETE left: the account without its record. */
const isKept = ({ source, recordId }: Person) => source === "scim" && recordId === null;

/** The account of somebody new, to be written with its record. */
export function newAccount({ scope, directory }: ScimCall, record: UserRecord): Account {
  const userId = newId();
  const rights = { role: defaultRole, source: "scim", connectionId: directory.connectionId } as const;
  const columns = { ...accountColumns(record), ...standing(scope, record.active), ...rights };
  return { userId, blocked: false, columns: { orgId: scope.orgId, id: userId, ...columns } };
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
    await removeRecords(tx, scope, { directoryId: person.directoryId, ids: [person.recordId] });
  }
  const keepsPassword = person.role === "owner" && person.status === "active";
  if (!record.active) await demandOtherOwner(tx, call, person);
  if (!record.active || person.status === "invited") await endAccess(tx, scope, person.id);
  else if (!keepsPassword) await endLinks(tx, scope, person.id);
  // Whoever was deactivated by hand stays out until an administrator here says otherwise.
  const byHand = person.status === "deactivated" && person.source !== "scim" && person.deactivatedBy !== null;
  const becomesBlocked = byHand && !person.blocked;
  const role = roleAfterLink(person);
  await tx.user.updateMany({
    where,
    data: {
      ...accountColumns(record),
      ...standing(scope, record.active),
      // Else the present one, which leaving the other directory's groups may have changed by now.
      ...(role === person.role ? {} : { role, ownRole: null }),
      source: "scim",
      connectionId: directory.connectionId,
      ...(keepsPassword ? {} : { passwordHash: null, passwordSynced: false }),
      ...(becomesBlocked ? { blockedAt: now(), blockedByName: person.deactivatedBy } : {}),
      eraseAt: null,
      version: { increment: 1 },
    },
  });
  if (role !== person.role) await applyRoles(tx, scope, { userIds: [person.id] });
  // V-1: whoever loses access by this very push is released as by a later one.
  const leaves = !record.active && person.status !== "deactivated";
  if (leaves && directory.options.deactivated === "release") {
    await releaseFromGroups(tx, scope, person.id, defaultRole);
  }
  return { userId: person.id, blocked: person.blocked || becomesBlocked, columns: null };
}

/** No privilege comes back with a kept account (V-2), and a directory makes nobody an owner. */
function roleAfterLink(person: Person): Role {
  const { role, status } = person;
  // An operator's word (`apply`) can have made a kept account an active owner meanwhile, perhaps the only one.
  if (role === "owner") return status === "active" ? role : defaultRole;
  return isKept(person) ? defaultRole : role;
}

import "server-only";
import { done, unchanged, type WriteClient } from "lib/audit/write";
import { now } from "lib/base/clock";
import { releaseFromGroups } from "lib/groups/steps";
import type { UserRecord } from "lib/protocol/scim/describe-user";
import { shown } from "lib/protocol/scim/messages";
import { project } from "lib/protocol/scim/project";
import { equalJson } from "lib/protocol/scim/values";
import { applyRoles } from "lib/users/apply-roles";
import { endOwnPassword } from "lib/users/password-steps";
import { endAccess, endLinks, keepProvedEmail, moveIdentities } from "lib/users/steps";
import { differenceOf } from "./difference";
import { defaultRole } from "./link-person";
import { projectionOf } from "./projection-of";
import { storePassword } from "./push-password";
import type { ScimAnswer, ScimCall } from "./scim-call";
import { renderStored, type StoredUser } from "./stored-user";
import { accountColumns, recordColumns, replaceEmails, standing, updateRows } from "./user-rows";
import { demandLinkedDomains, demandOtherOwner, hintsOf } from "./user-rules";
import { withExchange } from "./write-scim";

/**
 * Brings a locked user to a new record, and to a new password where one is to be stored. Taking away is done before
 * the answer; granting is stored, but a block stays until it is lifted here. An unchanged record keeps its version: a
 * password is no part of it (scim.md section 3).
 */
export async function applyRecord(
  tx: WriteClient,
  call: ScimCall,
  stored: StoredUser,
  record: UserRecord,
  passwordHash: string | null,
) {
  const { scope } = call;
  const target = { kind: "user", id: stored.userId, name: record.displayName } as const;
  const isSame = equalJson(stored.document, record.document) && stored.workEmailKey === record.workEmailKey;
  const password: { password?: "changed"; sessionsEnded?: number } = passwordHash
    ? { password: "changed", ...(await storePassword(tx, call, stored.userId, passwordHash)) }
    : {};
  if (isSame) {
    const summary = passwordHash ? "Changed the password of" : "Unchanged:";
    const answer = answerOf(call, stored, record, `${summary} ${shown(record.displayName)}`);
    const write = passwordHash ? done : unchanged;
    return write("scim.user_updated", target, password, answer, withExchange(call, answer));
  }
  const after = { ...stored, version: stored.version + 1, updatedAt: now() };
  const leaves = stored.active && !record.active;
  const returns = !stored.active && record.active;
  const identitiesMoved = await writeRecord(tx, call, { stored, record, after, leaves, returns });
  const changes = { ...differenceOf(stored.document, record.document), ...password };
  if (leaves) {
    const ended = await endAccess(tx, scope, stored.userId);
    // V-1: out of the local groups, and down to the role of somebody new.
    const isReleased = call.directory.options.deactivated === "release";
    const released = isReleased
      ? { released: true, ...(await releaseFromGroups(tx, scope, stored.userId, defaultRole)) }
      : {};
    const sessionsEnded = ended.sessionsEnded + (password.sessionsEnded ?? 0);
    const facts = { ...changes, ...ended, sessionsEnded, ...released };
    const answer = answerOf(call, after, record, `Deactivated ${shown(record.displayName)}`, facts);
    return done("scim.user_deactivated", target, facts, answer, withExchange(call, answer));
  }
  if (returns) {
    const role = await returnedRole(tx, call, stored);
    const answer = answerOf(call, after, record, `Reactivated ${shown(record.displayName)}`, changes);
    const facts = { ...changes, blocked: stored.blocked, role };
    return done("scim.user_reactivated", target, facts, answer, withExchange(call, answer));
  }
  const answer = answerOf(call, after, record, `Updated ${shown(record.displayName)}`, changes);
  return done("scim.user_updated", target, { ...changes, identitiesMoved }, answer, withExchange(call, answer));
}

type Change = { stored: StoredUser; record: UserRecord; after: StoredUser; leaves: boolean; returns: boolean };

/** The rows of a changed record and of its account; answers how many identities followed the new names. */
async function writeRecord(tx: WriteClient, call: ScimCall, { stored, record, after, leaves, returns }: Change) {
  const { scope } = call;
  const renamed = stored.userNameKey !== record.userNameKey;
  const moved = stored.workEmailKey !== record.workEmailKey;
  await demandLinkedDomains(tx, call, [...(moved ? [record.workEmail] : []), ...(renamed ? [record.userName] : [])]);
  if (leaves) await demandOtherOwner(tx, call, { ...stored, id: stored.userId });
  const keys = { orgId: scope.orgId, directoryId: call.directory.id, id: stored.id };
  if (moved) await keepProvedEmail(tx, scope, stored.userId, record.workEmailKey);
  await updateRows(tx, keys, {
    userId: stored.userId,
    record: { ...recordColumns(record), version: after.version, updatedAt: after.updatedAt },
    account: { ...accountColumns(record), ...(leaves || returns ? standing(scope, record.active) : {}) },
  });
  if (!equalJson(stored.document.emails, record.document.emails)) await replaceEmails(tx, keys, record);
  if (moved && !leaves) await endLinks(tx, scope, stored.userId);
  return moveIdentities(tx, scope, {
    connectionId: call.directory.connectionId,
    userId: stored.userId,
    names: [
      ...(renamed ? [{ before: stored.userName, after: record.userName }] : []),
      ...(moved ? [{ before: stored.workEmailKey, after: record.workEmail }] : []),
    ],
  });
}

/** An owner who was deactivated comes back as a member (DF-36), unless an operator brought them back before. */
async function returnedRole(tx: WriteClient, { scope }: ScimCall, { userId, role, status }: StoredUser) {
  if (role !== "owner" || status === "active") return role;
  const where = { orgId: scope.orgId, id: userId };
  await tx.user.updateMany({ where, data: { role: defaultRole } });
  await endOwnPassword(tx, scope, userId);
  // No group counts for an owner; for whoever is none any more they do.
  await applyRoles(tx, scope, { userIds: [userId] });
  return (await tx.user.findFirstOrThrow({ where, select: { role: true } })).role;
}

function answerOf(call: ScimCall, user: StoredUser, record: UserRecord, summary: string, detail = {}): ScimAnswer {
  return {
    status: 200,
    body: project(renderStored(user, record.document), projectionOf(call, "User")),
    version: user.version,
    summary,
    person: record.userName,
    userId: user.userId,
    detail: { ...detail, ...hintsOf(record, user.blocked) },
  };
}

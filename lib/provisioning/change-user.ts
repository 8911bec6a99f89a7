import "server-only";
import { done, unchanged, type WriteClient } from "lib/audit/write";
import { now } from "lib/base/clock";
import type { UserRecord } from "lib/protocol/scim/describe-user";
import { shown } from "lib/protocol/scim/messages";
import { project } from "lib/protocol/scim/project";
import { equalJson } from "lib/protocol/scim/values";
import { endAccess, endLinks, keepProvedEmail, moveIdentities } from "lib/users/steps";
import { differenceOf } from "./difference";
import { projectionOf } from "./projection-of";
import type { ScimAnswer, ScimCall } from "./scim-call";
import { renderStored, type StoredUser } from "./stored-user";
import { accountColumns, recordColumns, standing, writeEmails } from "./user-rows";
import { demandLinkedDomains, demandOtherOwner, hintsOf } from "./user-rules";
import { withExchange } from "./write-scim";

/**
 * Brings a locked user to a new record: PUT and PATCH meet here. Taking away is done before the answer; granting is
 * stored, but a block stays until it is lifted here. An unchanged record keeps its version.
 */
export async function changeUser(tx: WriteClient, call: ScimCall, stored: StoredUser, record: UserRecord) {
  const { scope } = call;
  const target = { kind: "user", id: stored.userId, name: record.displayName } as const;
  if (equalJson(stored.document, record.document)) {
    const answer = answerOf(call, stored, record, `Unchanged: ${shown(record.displayName)}`);
    return unchanged("scim.user_updated", target, {}, answer, withExchange(call, answer));
  }
  const renamed = stored.userNameKey !== record.userNameKey;
  const moved = stored.workEmailKey !== record.workEmailKey;
  await demandLinkedDomains(tx, call, [...(moved ? [record.workEmail] : []), ...(renamed ? [record.userName] : [])]);
  const after = { ...stored, version: stored.version + 1, updatedAt: now() };
  const leaves = stored.active && !record.active;
  const returns = !stored.active && record.active;
  if (leaves) await demandOtherOwner(tx, call, { ...stored, id: stored.userId });
  const keys = { orgId: scope.orgId, directoryId: call.directory.id, id: stored.id };
  await tx.directoryUser.updateMany({
    where: keys,
    data: { ...recordColumns(record), version: after.version, updatedAt: after.updatedAt },
  });
  if (!equalJson(stored.document.emails, record.document.emails)) {
    await tx.directoryUserEmail.deleteMany({ where: { orgId: scope.orgId, directoryUserId: stored.id } });
    await writeEmails(tx, scope, keys, record);
  }
  // An owner who was deactivated comes back as a member (DF-36), unless an operator brought them back before.
  const role = returns && stored.role === "owner" && stored.status !== "active" ? "member" : stored.role;
  if (moved) await keepProvedEmail(tx, scope, stored.userId, record.workEmailKey);
  await tx.user.updateMany({
    where: { orgId: scope.orgId, id: stored.userId },
    data: {
      ...accountColumns(record),
      ...(leaves || returns ? { ...standing(scope, record.active), role } : {}),
      version: { increment: 1 },
    },
  });
  if (moved && !leaves) await endLinks(tx, scope, stored.userId);
  const identitiesMoved = await moveIdentities(tx, scope, {
    connectionId: call.directory.connectionId,
    userId: stored.userId,
    names: [
      ...(renamed ? [{ before: stored.userName, after: record.userName }] : []),
      ...(moved ? [{ before: stored.workEmailKey, after: record.workEmail }] : []),
    ],
  });
  const changes = differenceOf(stored.document, record.document);
  if (leaves) {
    const ended = await endAccess(tx, scope, stored.userId);
    const answer = answerOf(call, after, record, `Deactivated ${shown(record.displayName)}`, { ...changes, ...ended });
    return done("scim.user_deactivated", target, { ...changes, ...ended }, answer, withExchange(call, answer));
  }
  if (returns) {
    const answer = answerOf(call, after, record, `Reactivated ${shown(record.displayName)}`, changes);
    const facts = { ...changes, blocked: stored.blocked, role };
    return done("scim.user_reactivated", target, facts, answer, withExchange(call, answer));
  }
  const answer = answerOf(call, after, record, `Updated ${shown(record.displayName)}`, changes);
  return done("scim.user_updated", target, { ...changes, identitiesMoved }, answer, withExchange(call, answer));
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

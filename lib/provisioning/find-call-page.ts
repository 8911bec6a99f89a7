import "server-only";
import { db } from "lib/base/db";
import { directoryOptions } from "lib/directories/schema";
import { findCall } from "lib/exchanges/find-call";
import type { OrgScope } from "lib/scope/scope";
import { describeCall } from "./describe-call";
import { isChange, whyNotReplayed } from "./why-not-replayed";

/** Everything that the page of one SCIM request shows; null for another organization's. */
export async function findCallPage(scope: OrgScope, id: string) {
  const call = await findCall(scope, id);
  if (!call) return null;
  const where = (own: string | null) => ({ orgId: scope.orgId, id: own ?? undefined });
  const [connection, directory, user, group] = await Promise.all([
    call.connectionId &&
      db.connection.findFirst({ where: where(call.connectionId), select: { id: true, name: true, provider: true } }),
    call.directoryId && db.directory.findFirst({ where: where(call.directoryId), select: { options: true } }),
    call.userId && db.user.findFirst({ where: where(call.userId), select: { id: true, name: true } }),
    call.groupId && db.group.findFirst({ where: where(call.groupId), select: { id: true, displayName: true } }),
  ]);
  const storesPasswords = directoryOptions.parse(directory ? directory.options : {}).synchronizePasswords;
  return {
    call,
    told: describeCall(call, connection ? connection.provider : "custom"),
    connection: connection || null,
    user: user || null,
    group: group || null,
    isChange: isChange(call),
    notReplayed: directory ? whyNotReplayed(call, storesPasswords) : "Its directory was deleted.",
  };
}

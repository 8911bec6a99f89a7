import "server-only";
import { done, write } from "lib/audit/write";
import { log } from "lib/base/log";
import { refused } from "lib/base/refusals";
import { removeDirectory } from "lib/directories/steps";
import { unlinkDomains } from "lib/domains/steps";
import { convertGroups } from "lib/groups/steps";
import type { OrgScope } from "lib/scope/scope";
import { releaseUsers } from "lib/users/steps";
import { forgetRecord } from "./jackson";
import type { DeleteConnection } from "./schema";
import { lockConnection } from "./steps";

/**
 * Deletes a connection once its name was typed, with all that lives by it: identities, sign-ins under way, sessions
 * made through it, its directory. Its people become manual ones or are deactivated (FD-23), its groups local ones with
 * their members and roles; exchanges and events stay.
 */
export async function deleteConnection(scope: OrgScope, input: DeleteConnection) {
  const outcome = await write(scope, async (tx) => {
    const { orgId } = scope;
    const { connectionId } = input;
    // Lock order: the organization, whose owners are counted, before connection and users.
    await tx.$queryRaw`SELECT id FROM "Organization" WHERE id = ${orgId}::uuid FOR NO KEY UPDATE`;
    const connection = await lockConnection(tx, scope, connectionId);
    if (!connection) return refused("not_found");
    const { name, target } = connection;
    if (input.confirmation !== name) return refused("confirmation_differs", { name });
    const where = { orgId, connectionId };
    const sessions = await tx.session.deleteMany({ where });
    await tx.pendingSignIn.deleteMany({ where });
    const identities = await tx.identity.deleteMany({ where });
    // Waits for calls under way: a group that one of them makes is kept, too.
    const [directory] = await tx.$queryRaw<{ id: string }[]>`
      SELECT id FROM "Directory" WHERE "orgId" = ${orgId}::uuid AND "connectionId" = ${connectionId}::uuid FOR UPDATE`;
    const groups = directory ? await convertGroups(tx, scope, directory.id) : [];
    const { tokens } = await removeDirectory(tx, scope, connectionId);
    const released = await releaseUsers(tx, scope, connectionId, input.users);
    if (!released.ok) return released;
    await unlinkDomains(tx, scope, connectionId);
    await tx.connectionKey.deleteMany({ where: { orgId, id: connectionId } });
    await tx.connection.deleteMany({ where: { orgId, id: connectionId } });
    const counts = {
      users: released.users,
      identities: identities.count,
      sessionsEnded: sessions.count + released.sessionsEnded,
      groups: groups.length,
      tokens,
    };
    const payload = { name, fate: input.users, ...counts };
    return done("connection.deleted", target, payload, { ...counts, hadRecord: connection.jacksonClientId !== null });
  });
  if (!outcome.ok) return outcome;
  const { hadRecord, ...counts } = outcome.value;
  // A projection only: without the key nothing leads to it any more.
  if (hadRecord) {
    await forgetRecord(input.connectionId).catch((error: Error) =>
      log().warn({ error: error.message, connection: input.connectionId }, "Jackson's record outlives its connection"),
    );
  }
  return { ok: true as const, value: counts };
}

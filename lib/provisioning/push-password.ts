import "server-only";
import type { WriteClient } from "lib/audit/write";
import { db } from "lib/base/db";
import { hashPassword, verifyPassword } from "lib/base/password";
import type { Result } from "lib/protocol/scim/messages";
import type { UserInput } from "lib/protocol/scim/read-user";
import { endLinks } from "lib/users/steps";
import type { ScimCall } from "./scim-call";
import { fail, orFail } from "./scim-error";
import { readStoredUser, type StoredUser } from "./stored-user";

/** What the password step can type (lib/sign-in/schema.ts). */
const longestPassword = 1_000;
/** A hash takes as long as a search without an index, and counts as one in the directory's rate. */
const hashPoints = 9;

/**
 * The hash of the password that a PUT or PATCH brings, made before the transaction so that no lock waits for it. Null:
 * none came, it is the present one, the person is an owner (whose password is their own), or the directory drops
 * passwords, which is all that happens to them then (V-12).
 */
export async function hashPushed(
  call: ScimCall,
  read: (stored: StoredUser) => Result<UserInput>,
): Promise<string | null> {
  if (!call.directory.options.synchronizePasswords || !/password/i.test(JSON.stringify(call.body))) return null;
  const stored = await readStoredUser(call);
  const { password } = orFail(read(stored));
  if (password === undefined || stored.role === "owner") return null;
  if (password.length > longestPassword) {
    fail(400, "invalidValue", `The password is longer than ${longestPassword.toLocaleString("en")} characters.`);
  }
  call.charge(hashPoints);
  const { passwordHash } = await db.user.findFirstOrThrow({
    where: { orgId: call.scope.orgId, id: stored.userId },
    select: { passwordHash: true },
  });
  const isPresent = passwordHash !== null && (await verifyPassword(passwordHash, password));
  return isPresent ? null : hashPassword(password);
}

/** True while the directory stores passwords, held so until the end: switching it off erases what is stored here. */
export async function storesPasswords(tx: WriteClient, { scope, directory }: ScimCall): Promise<boolean> {
  const found = await tx.$queryRaw<unknown[]>`
    SELECT 1 FROM "Directory"
     WHERE "orgId" = ${scope.orgId}::uuid AND id = ${directory.id}::uuid AND enabled
       AND (options->>'synchronizePasswords')::boolean FOR SHARE`;
  return found.length === 1;
}

/** The account's new password; whatever the old one opened is over (sign-in.md section 10). */
export async function storePassword(
  tx: WriteClient,
  { scope }: ScimCall,
  userId: string,
  passwordHash: string,
): Promise<{ sessionsEnded: number }> {
  const { orgId } = scope;
  await tx.user.updateMany({ where: { orgId, id: userId }, data: { passwordHash, passwordSynced: true } });
  const { count } = await tx.session.deleteMany({ where: { orgId, userId } });
  await endLinks(tx, scope, userId);
  return { sessionsEnded: count };
}

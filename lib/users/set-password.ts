import "server-only";
import { done, write } from "lib/audit/write";
import { db } from "lib/base/db";
import { countUse } from "lib/base/limit";
import { hashPassword, verifyPassword } from "lib/base/password";
import { refused } from "lib/base/refusals";
import { providerWord } from "lib/connections/schema";
import type { OrgScope } from "lib/scope/scope";
import type { ChangePassword } from "./schema";
import { endLinks } from "./steps";

/** What somebody with a one-time link sets, and the session that their browser held before. */
export type NewCredential = { password: string; formerCookie: string | null };

/** True where the password is the person's own address: the one thing a password may not be. */
export const isOwnAddress = (password: string, emailLower: string) => password.trim().toLowerCase() === emailLower;

const ownPassword = {
  passwordHash: true,
  passwordSynced: true,
  emailLower: true,
  name: true,
  connection: { select: { provider: true } },
} as const;

/** The signed-in person changes their password; all their other sessions and mailed links end. */
export async function changePassword(scope: OrgScope, { currentPassword, password }: ChangePassword) {
  const { actor } = scope;
  if (actor.kind !== "user") return refused("not_found");
  await countUse("proof", actor.id);
  const where = { orgId: scope.orgId, id: actor.id };
  const user = await db.user.findFirst({ where, select: ownPassword });
  if (!user?.passwordHash) return refused("not_found");
  if (user.passwordSynced) {
    return refused("managed_by_idp", {
      what: "password",
      provider: providerWord(user.connection?.provider ?? "custom"),
    });
  }
  if (!(await verifyPassword(user.passwordHash, currentPassword))) return refused("wrong_password");
  if (isOwnAddress(password, user.emailLower)) return refused("own_address");
  const passwordHash = await hashPassword(password);
  return write(scope, async (tx) => {
    const { count } = await tx.user.updateMany({
      where: { ...where, passwordHash: user.passwordHash },
      data: { passwordHash },
    });
    if (count === 0) return refused("stale_version");
    const ended = await tx.session.deleteMany({
      where: { orgId: scope.orgId, userId: actor.id, hash: { not: actor.sessionHash } },
    });
    await endLinks(tx, scope, actor.id);
    const target = { kind: "user", id: actor.id, name: user.name } as const;
    return done("user.password_set", target, { sessionsEnded: ended.count, how: "changed" });
  });
}

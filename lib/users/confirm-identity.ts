import "server-only";
import { done, write } from "lib/audit/write";
import { db } from "lib/base/db";
import { countUse } from "lib/base/limit";
import { verifyPassword } from "lib/base/password";
import { refused } from "lib/base/refusals";
import type { OrgScope } from "lib/scope/scope";
import { z } from "zod";
import { openSession } from "./steps";

export const confirmIdentityInput = z.object({ password: z.string().min(1, "Enter your password").max(1_000) });

/** A fresh proof of identity: the password again. The session gets a new id, answered as the cookie's value. */
export async function confirmIdentity(scope: OrgScope, { password }: z.infer<typeof confirmIdentityInput>) {
  const { actor } = scope;
  if (actor.kind !== "user") return refused("not_found");
  await countUse("proof", actor.id);
  const user = await db.user.findFirst({ where: { orgId: scope.orgId, id: actor.id }, select: { passwordHash: true } });
  const fits = user?.passwordHash ? await verifyPassword(user.passwordHash, password) : false;
  if (!fits) return refused("wrong_password", { field: "password" });
  return write(scope, async (tx) => {
    const { count } = await tx.session.deleteMany({ where: { hash: actor.sessionHash, orgId: scope.orgId } });
    const session = count
      ? await openSession(tx, scope, { userId: actor.id, method: "password", formerCookie: null })
      : null;
    if (!session) return refused("user_deactivated");
    const target = { kind: "user", id: actor.id, name: actor.name } as const;
    return done("sign_in.password_succeeded", target, { method: "confirmed" }, { session });
  });
}

import "server-only";
import { done, write } from "lib/audit/write";
import { queueMail } from "lib/base/mail";
import { hashPassword } from "lib/base/password";
import { refused } from "lib/base/refusals";
import type { OrgScope } from "lib/scope/scope";
import type { ResolvedLink } from "lib/tokens/schema";
import { resetMail } from "./link-mails";
import type { PasswordUser } from "./schema";
import { isOwnAddress, type NewCredential } from "./set-password";
import { endAccess, makeLink, openSession, takeLink } from "./steps";

/** Mails a person the link to a new password. */
export const requestReset = (scope: OrgScope, user: PasswordUser & { email: string }) =>
  write(scope, async (tx) => {
    const { path } = await makeLink(tx, scope, { kind: "reset", userId: user.id });
    await queueMail(tx, resetMail({ to: user.email, organization: user.organization, path }));
    return done("user.password_reset_requested", { kind: "user", id: user.id, name: user.name }, { mailed: true });
  });

/** Sets the new password by a reset or recovery link, ends all sessions and opens one: its cookie value is answered. */
export async function resetPassword(scope: OrgScope, link: ResolvedLink, { password, formerCookie }: NewCredential) {
  if (isOwnAddress(password, link.email)) return refused("own_address");
  const passwordHash = await hashPassword(password);
  return write(scope, async (tx) => {
    if (!(await takeLink(tx, scope, link.hash))) return refused("link_used");
    const { sessionsEnded } = await endAccess(tx, scope, link.userId);
    const { count } = await tx.user.updateMany({
      where: { orgId: scope.orgId, id: link.userId, status: "active" },
      data: { passwordHash },
    });
    const method = link.kind === "recover" ? "recover" : "password";
    const session = count === 1 ? await openSession(tx, scope, { userId: link.userId, method, formerCookie }) : null;
    if (!session) return refused("user_deactivated");
    const target = { kind: "user", id: link.userId, name: link.name } as const;
    return done("user.password_set", target, { sessionsEnded, how: link.kind }, { session });
  });
}

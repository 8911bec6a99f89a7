import "server-only";
import { done, write } from "lib/audit/write";
import { hashPassword } from "lib/base/password";
import { refused } from "lib/base/refusals";
import type { OrgScope } from "lib/scope/scope";
import type { ResolvedLink } from "lib/tokens/schema";
import { isOwnAddress, type NewCredential } from "./set-password";
import { openSession, takeLink } from "./steps";

/** Sets the invited person's password, makes them active and opens their session: its cookie value is answered. */
export async function acceptInvitation(scope: OrgScope, link: ResolvedLink, { password, formerCookie }: NewCredential) {
  if (isOwnAddress(password, link.email)) return refused("own_address");
  const passwordHash = await hashPassword(password);
  return write(scope, async (tx) => {
    if (!(await takeLink(tx, scope, link.hash))) return refused("link_used");
    const { count } = await tx.user.updateMany({
      where: { orgId: scope.orgId, id: link.userId, status: "invited" },
      data: { status: "active", passwordHash },
    });
    const opening = { userId: link.userId, method: "invite", formerCookie } as const;
    const session = count === 1 ? await openSession(tx, scope, opening) : null;
    if (!session) return refused("user_deactivated");
    return done("user.invitation_accepted", target(link), { email: link.email }, { session });
  });
}

const target = (link: ResolvedLink) => ({ kind: "user", id: link.userId, name: link.name }) as const;

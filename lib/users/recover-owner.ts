import "server-only";
import { done, write } from "lib/audit/write";
import { absoluteUrl } from "lib/base/env";
import { refused } from "lib/base/refusals";
import type { OrgScope } from "lib/scope/scope";
import { makeLink } from "./steps";

/** The operator's way back for an owner: a link that sets a new password, once, within 15 minutes. `email` normalized. */
export const recoverOwner = (scope: OrgScope, { email }: { email: string }) =>
  write(scope, async (tx) => {
    const owner = await tx.user.findFirst({
      where: { orgId: scope.orgId, emailLower: email, role: "owner", status: "active" },
      select: { id: true, name: true },
    });
    if (!owner) return refused("not_found");
    const { path, expiresAt } = await makeLink(tx, scope, { kind: "recover", userId: owner.id });
    const target = { kind: "user", id: owner.id, name: owner.name } as const;
    const payload = { expiresAt: expiresAt.toISOString() };
    return done("user.recovery_link_made", target, payload, { url: absoluteUrl(path), expiresAt });
  });

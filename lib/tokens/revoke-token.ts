import "server-only";
import { done, write } from "lib/audit/write";
import { now } from "lib/base/clock";
import { refused } from "lib/base/refusals";
import type { OrgScope } from "lib/scope/scope";
import type { RevokeToken } from "./schema";

/**
 * Ends a SCIM token. It is asked for on each request, so this holds at the next one on every replica. One that it
 * replaced and that still works stands alone again: its end is told, and it can be rotated anew.
 */
export const revokeToken = (scope: OrgScope, { tokenId }: RevokeToken) =>
  write(scope, async (tx) => {
    const where = { orgId: scope.orgId, id: tokenId };
    const { count } = await tx.token.updateMany({ where: { ...where, revokedAt: null }, data: { revokedAt: now() } });
    if (count === 0) return refused("not_found");
    await tx.token.updateMany({
      where: { orgId: scope.orgId, replacedById: tokenId, revokedAt: null, expiresAt: { gt: now() } },
      data: { replacedById: null },
    });
    const { name, tail } = await tx.token.findFirstOrThrow({ where, select: { name: true, tail: true } });
    return done("token.revoked", { kind: "token", id: tokenId, name }, { name, tail });
  });

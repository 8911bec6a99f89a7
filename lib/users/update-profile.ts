import "server-only";
import { done, write } from "lib/audit/write";
import { now } from "lib/base/clock";
import { refused } from "lib/base/refusals";
import { normalizeEmail } from "lib/protocol/saml/email-address";
import type { OrgScope } from "lib/scope/scope";
import type { UpdateProfile } from "./schema";
import { displayName, lowerKey, readTarget } from "./steps";

/** Name and address of a person who is not managed by a directory. A changed address ends open links to the old one. */
export async function updateProfile(scope: OrgScope, { userId, version, ...input }: UpdateProfile) {
  const address = normalizeEmail(input.email);
  if (!address.ok) return refused("field_fault", { field: "email", text: "This is not an e-mail address." });
  const { email } = address;
  return write(scope, async (tx) => {
    const user = await readTarget(tx, scope, userId);
    if (!user) return refused("not_found");
    if (user.source === "scim") return refused("managed_by_idp", { provider: user.provider });
    const name = displayName({ ...input, email });
    const names = { firstName: input.firstName || null, lastName: input.lastName || null };
    const moved = email === user.emailLower ? {} : { email, emailLower: email, provedEmail: null };
    const { count } = await tx.user.updateMany({
      where: { orgId: scope.orgId, id: userId, version },
      data: { ...names, ...moved, name, nameLower: lowerKey(name), version: { increment: 1 } },
    });
    if (count === 0) return refused("stale_version");
    if (email !== user.email) {
      await tx.oneTimeLink.updateMany({
        where: { orgId: scope.orgId, targetId: userId, usedAt: null, revokedAt: null },
        data: { revokedAt: now() },
      });
    }
    const before = { email: user.email, firstName: user.firstName, lastName: user.lastName };
    return done("user.updated", { ...user.target, name }, { before, after: { email, ...names } });
  });
}

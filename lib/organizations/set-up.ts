import "server-only";
import { done, write } from "lib/audit/write";
import { randomToken } from "lib/base/crypto";
import { hashPassword } from "lib/base/password";
import { refused } from "lib/base/refusals";
import type { OrgScope } from "lib/scope/scope";
import { displayName, lowerKey, openSession } from "lib/users/steps";
import { slugOf } from "./create-organization";

export type SetUp = { organization: string; name: string; email: string; password: string };

// Any fixed number: it only has to be the same in every process.
const setUpLock = 7_041_001;

/**
 * Makes the installation's first organization, its owner and their session in one transaction; the cookie's value is
 * answered. Of two at once one wins: the other is refused as if the page did not exist. `email` is normalized.
 */
export async function setUp(scope: OrgScope, { organization, name, email, password }: SetUp) {
  const passwordHash = await hashPassword(password);
  return write(scope, async (tx) => {
    await tx.$queryRaw`SELECT pg_advisory_xact_lock(${setUpLock})::text`;
    if (await tx.organization.findFirst({ select: { id: true } })) return refused("not_found");
    const slug = slugOf(organization);
    await tx.organization.create({ data: { id: scope.orgId, name: organization, slug, signInId: randomToken(16) } });
    const [firstName = "", ...rest] = name.split(/\s+/);
    const lastName = rest.join(" ");
    const shown = displayName({ firstName, lastName, email });
    const owner = await tx.user.create({
      data: {
        orgId: scope.orgId,
        email,
        emailLower: email,
        name: shown,
        nameLower: lowerKey(shown),
        firstName: firstName || null,
        lastName: lastName || null,
        role: "owner",
        status: "active",
        source: "manual",
        passwordHash,
      },
      select: { id: true },
    });
    const session = await openSession(tx, scope, { userId: owner.id, method: "setup", formerCookie: null });
    const target = { kind: "organization", id: scope.orgId, name: organization } as const;
    return done("organization.created", target, { name: organization, slug }, { session });
  });
}

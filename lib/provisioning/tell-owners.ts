import "server-only";
import { done, write } from "lib/audit/write";
import { db } from "lib/base/db";
import { absoluteUrl } from "lib/base/env";
import { isWithinLimit } from "lib/base/limit";
import { log } from "lib/base/log";
import { isMailConfigured, queueMail } from "lib/base/mail";
import type { ScimCall } from "./scim-call";
import { LastOwnerError } from "./user-rules";

/**
 * Runs a change that may be refused for the sake of the last owner (DF-37), and tells the owners where it was. The
 * refusal has rolled the change back, so the mail is a write of its own, and none of its troubles change the answer.
 */
export async function tellingOwners<T>(call: ScimCall, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof LastOwnerError) {
      await tellOwners(call, error.user).catch((failure: Error) =>
        log().warn({ error: failure.message }, "owners were not told of a refused deactivation"),
      );
    }
    throw error;
  }
}

/** At most once an hour for one person: an identity provider that tries again and again floods nobody. */
async function tellOwners({ scope, directory }: ScimCall, user: { id: string; name: string }): Promise<void> {
  if (!(await isWithinLimit("lastOwnerMail", user.id))) return;
  const { orgId } = scope;
  const [organization, owners] = await Promise.all([
    db.organization.findUniqueOrThrow({ where: { id: orgId }, select: { name: true } }),
    db.user.findMany({
      where: { orgId, role: "owner", status: "active", blockedAt: null },
      select: { email: true },
      take: 20,
    }),
  ]);
  const mail = {
    subject: `${directory.connectionName} asked to take the access of the only owner of ${organization.name}`,
    paragraphs: [
      `${directory.connectionName} asked Gatehouse to deactivate or remove ${user.name}, the only active owner of ${organization.name}. This was refused, and nothing was changed.`,
      "If it was meant, make another person owner first; then repeat it in the identity provider.",
      `You get this mail because you are an owner of ${organization.name}. The same request again sends no further mail within an hour.`,
    ],
    link: { href: absoluteUrl(`/users/${user.id}`), text: "Open this person in Gatehouse" },
  };
  const told = isMailConfigured() ? owners : [];
  await write(scope, async (tx) => {
    for (const { email } of told) await queueMail(tx, { to: email, ...mail });
    return done("scim.last_owner_refused", { kind: "user", ...user }, { mailed: told.length });
  });
}

import "server-only";
import { done, write } from "lib/audit/write";
import { db } from "lib/base/db";
import { absoluteUrl } from "lib/base/env";
import { isWithinLimit } from "lib/base/limit";
import { log } from "lib/base/log";
import { isMailConfigured, queueMail } from "lib/base/mail";
import type { ScimCall } from "./scim-call";
import type { LastOwnerError } from "./user-rules";

/**
 * Tells the owners that a request against the last of them was refused (DF-37). The refusal has rolled everything back,
 * so this is a write of its own, and none of its troubles change the answer.
 */
export const tellOwners = (call: ScimCall, { user }: LastOwnerError): Promise<void> =>
  mailOwners(call, user).catch((error: Error) =>
    log().warn({ error: error.message }, "owners were not told of a refused request"),
  );

/** At most once an hour for one person: an identity provider that tries again and again floods nobody. */
async function mailOwners({ scope, directory }: ScimCall, user: LastOwnerError["user"]): Promise<void> {
  // A rehearsal neither mails nor counts as the hour's mail.
  if (scope.rehearsal || !(await isWithinLimit("lastOwnerMail", user.id))) return;
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

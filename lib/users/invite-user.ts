import "server-only";
import { done, write } from "lib/audit/write";
import { limiterKey } from "lib/base/client-address";
import { db } from "lib/base/db";
import { absoluteUrl } from "lib/base/env";
import { countUse } from "lib/base/limit";
import { isMailConfigured, queueMail } from "lib/base/mail";
import { refused } from "lib/base/refusals";
import { providerWord } from "lib/connections/schema";
import { normalizeEmail } from "lib/protocol/saml/email-address";
import { may, type OrgScope } from "lib/scope/scope";
import { invitationMail } from "./link-mails";
import type { InviteUser } from "./schema";
import { demandOwnerRights, displayName, lowerKey, makeLink } from "./steps";

/** A made invitation: the link itself only where no mail can carry it. */
export type Invitation = { userId: string; email: string; mailed: boolean; link: string | null };

/**
 * Adds a person by hand, without a password: they set one by the mailed link, or sign in through the connection of
 * their domain (DF-21). Without a mail server the link is answered to the inviter, who hands it on. An owner is
 * invited by an owner only.
 */
export async function inviteUser(scope: OrgScope, input: InviteUser) {
  if (input.role === "owner") demandOwnerRights(scope);
  const barred = await refuseByHand(scope);
  if (barred) return barred;
  const address = normalizeEmail(input.email);
  if (!address.ok) return refused("field_fault", { field: "email", text: "This is not an e-mail address." });
  const { email } = address;
  await countMail(scope, email);
  const name = displayName({ ...input, email });
  return write(scope, async (tx) => {
    const organization = await tx.organization.findUniqueOrThrow({
      where: { id: scope.orgId },
      select: { name: true },
    });
    const user = await tx.user.create({
      data: {
        orgId: scope.orgId,
        email,
        emailLower: email,
        name,
        nameLower: lowerKey(name),
        firstName: input.firstName || null,
        lastName: input.lastName || null,
        role: input.role,
        status: "invited",
        source: "manual",
      },
      select: { id: true },
    });
    const invitation = await sendInvitation(tx, scope, { userId: user.id, email, organization: organization.name });
    return done("user.invited", { kind: "user", id: user.id, name }, { email, role: input.role }, invitation);
  });
}

/** V-7, "only owners": the refusal for everybody else while a directory is on. */
async function refuseByHand(scope: OrgScope) {
  if (may(scope, "owner:manage")) return null;
  const { orgId } = scope;
  const { byHand } = await db.organization.findUniqueOrThrow({ where: { id: orgId }, select: { byHand: true } });
  if (byHand !== "owners") return null;
  const directory = await db.directory.findFirst({
    where: { orgId, enabled: true },
    select: { connection: { select: { provider: true } } },
  });
  return directory && refused("by_hand_owners_only", { provider: providerWord(directory.connection.provider) });
}

/** Sends the invitation of somebody who has not accepted yet once more; the earlier link dies. */
export async function resendInvitation(scope: OrgScope, { userId }: { userId: string }) {
  const where = { orgId: scope.orgId, id: userId, status: "invited" } as const;
  const present = await db.user.findFirst({ where, select: { email: true, role: true } });
  if (!present) return refused("not_found");
  if (present.role === "owner") demandOwnerRights(scope);
  await countMail(scope, present.email);
  return write(scope, async (tx) => {
    const user = await tx.user.findFirst({
      where: { ...where, ...present },
      select: { name: true, organization: { select: { name: true } } },
    });
    if (!user) return refused("not_found");
    const { email } = present;
    const invitation = await sendInvitation(tx, scope, { userId, email, organization: user.organization.name });
    return done("user.invitation_resent", { kind: "user", id: userId, name: user.name }, { email }, invitation);
  });
}

/** Before the write, which may be run again: a mail to one address, whoever sends it, is counted once. */
async function countMail({ request }: OrgScope, email: string): Promise<void> {
  if (!isMailConfigured()) return;
  await countUse("mailByAddress", email);
  await countUse("mailByClient", limiterKey(request.clientAddress));
}

async function sendInvitation(
  tx: Parameters<typeof makeLink>[0],
  scope: OrgScope,
  { userId, email, organization }: { userId: string; email: string; organization: string },
): Promise<Invitation> {
  const { path } = await makeLink(tx, scope, { kind: "invite", userId });
  const mailed = isMailConfigured();
  if (mailed) await queueMail(tx, invitationMail({ to: email, by: scope.actor.name, organization, path }));
  return { userId, email, mailed, link: mailed ? null : absoluteUrl(path) };
}

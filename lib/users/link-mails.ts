import "server-only";
import { absoluteUrl } from "lib/base/env";
import type { Mail } from "lib/base/mail";

export const invitationMail = (invitation: { to: string; by: string; organization: string; path: string }): Mail => ({
  to: invitation.to,
  subject: `${invitation.by} invited you to ${invitation.organization}`,
  paragraphs: [
    `${invitation.by} invited you to ${invitation.organization} in Gatehouse.`,
    "The link works once, for 7 days. You get this mail because somebody typed your address as that of a colleague; if you do not know them, ignore it.",
  ],
  link: { href: absoluteUrl(invitation.path), text: "Accept the invitation" },
});

export const resetMail = (reset: { to: string; organization: string; path: string }): Mail => ({
  to: reset.to,
  subject: `Set a new password for ${reset.organization}`,
  paragraphs: [
    `Somebody asked for a new password for your account at ${reset.organization}.`,
    "The link works once, for 30 minutes. If it was not you, ignore this mail: nothing changes.",
  ],
  link: { href: absoluteUrl(reset.path), text: "Set a new password" },
});

import "server-only";
import { absoluteUrl } from "lib/base/env";
import type { Mail } from "lib/base/mail";
import { providerWord } from "lib/connections/schema";
import { unusedDays, warningDays } from "lib/tokens/schema";

export type ToldToken = {
  name: string;
  mask: string;
  lastUsedAt: Date | null;
  connection: { id: string; name: string; provider: string };
  organization: string;
};

type TokenMail = Omit<Mail, "to">;

const dateOf = (date: Date) => date.toLocaleDateString("en-GB", { dateStyle: "long", timeZone: "UTC" });
const momentOf = (date: Date) =>
  `${dateOf(date)} at ${date.toLocaleTimeString("en-GB", { timeStyle: "short", timeZone: "UTC" })} UTC`;

/** "in 7 days", "in 1 day". */
export const inDays = (days: number): string => `in ${days} ${days === 1 ? "day" : "days"}`;

export function endingMail(token: ToldToken, end: { at: Date; days: number }): TokenMail {
  const { name, mask, connection, lastUsedAt } = token;
  const provider = providerWord(connection.provider);
  return {
    subject: `${connection.name}: SCIM token '${name}' ends ${inDays(end.days)}`,
    paragraphs: [
      `The SCIM token '${name}' (${mask}) of the connection ${connection.name} ends on ${momentOf(end.at)}. From then on calls with it are refused: ${provider} can no longer create, update or deactivate people.`,
      lastUsedAt
        ? `It was last used on ${dateOf(lastUsedAt)}.`
        : "It was never used; if nobody needs it, there is nothing to do.",
      `Rotate it before that day and paste the new token in ${provider}. Both work until the overlap that you choose is over.`,
      `You get this mail because you are an owner of ${token.organization}. It comes ${warningDays.slice(0, -1).join(", ")} and ${warningDays.at(-1)} days before the end, unless the token is rotated or revoked.`,
    ],
    link: { href: pageOf(token), text: "Open Provisioning" },
  };
}

export function unusedMail(token: ToldToken): TokenMail {
  const { name, mask, connection, lastUsedAt } = token;
  const provider = providerWord(connection.provider);
  return {
    subject: `${connection.name}: SCIM token '${name}' is unused for ${unusedDays} days`,
    paragraphs: [
      `Nobody called with the SCIM token '${name}' (${mask}) of the connection ${connection.name} for ${unusedDays} days${lastUsedAt ? `: its last use was on ${dateOf(lastUsedAt)}` : ": it was never used"}.`,
      `Where it is stored in ${provider}, leave it: calls come only when something changes. Where nobody knows it any more, revoke it.`,
      `You get this mail because you are an owner of ${token.organization}. It comes once for each token.`,
    ],
    link: { href: pageOf(token), text: "Open Provisioning" },
  };
}

const pageOf = ({ connection }: ToldToken) => absoluteUrl(`/connections/${connection.id}/provisioning`);

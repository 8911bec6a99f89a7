import { Notice } from "components/ui/notice";
import { Time } from "components/ui/time";
import type { TokenFault } from "lib/tokens/schema";

export type RefusedToken = { id: string; at: Date; tokenName: string | null; fault: TokenFault | null };

type RefusedTokenNoticeProps = {
  refused: RefusedToken;
  provider: string;
  lastCallAt: Date | null;
  time: { now: Date; locale: string };
};

/** "A cut copy of token 'Okta' came 12 seconds ago", and what to do about it; quiet once calls come that work. */
export function RefusedTokenNotice({ refused, provider, lastCallAt, time }: RefusedTokenNoticeProps) {
  const { id, at, tokenName, fault } = refused;
  const { what, cure } = fault ? faults(`'${tokenName ?? ""}'`, provider)[fault] : unnamed;
  return (
    <Notice
      tone={lastCallAt && lastCallAt > at ? "neutral" : "warn"}
      action={{ href: `/provisioning/${id}`, label: "Open this call" }}
    >
      {what} came <Time at={at} {...time} />. {cure}
    </Notice>
  );
}

const unnamed = { what: "A call with a token that opens nothing", cure: "" };

const faults = (token: string, provider: string): Record<TokenFault, { what: string; cure: string }> => ({
  cut: {
    what: `A cut copy of token ${token}`,
    cure: `Copy the token again and paste it whole in ${provider}: it has 57 characters.`,
  },
  revoked: { what: `A revoked token, ${token},`, cure: `Paste one that works in ${provider}.` },
  replaced: { what: `A replaced token, ${token},`, cure: `Its overlap is over: paste the new one in ${provider}.` },
  expired: {
    what: `An expired token, ${token},`,
    cure: `Generate a new one and paste it in ${provider}.`,
  },
  deleted: { what: `A token of a deleted directory, ${token},`, cure: "" },
  suspended: { what: `Token ${token}`, cure: "It was refused because the organization is suspended." },
});

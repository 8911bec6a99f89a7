import { PublicShell } from "components/shell/public-shell";
import { LinkButton } from "components/ui/link-button";

type LinkOverProps = { what: "invitation" | "link"; state: "used" | "expired" | "revoked" | "unknown" };

const heading = {
  used: "was already used",
  expired: "has expired",
  revoked: "is no longer valid",
  unknown: "is not known",
};

const cure = {
  invitation: "Ask the person who invited you to send it again. If you have set a password already, sign in with it.",
  link: "Ask for a new link on the sign-in page under Forgot password.",
};

/** One page for each way a one-time link can be over, with the cure. */
export function LinkOver({ what, state }: LinkOverProps) {
  return (
    <PublicShell title={`This ${what} ${heading[state]}`} intro={cure[what]}>
      <LinkButton href="/sign-in">Go to sign-in</LinkButton>
    </PublicShell>
  );
}

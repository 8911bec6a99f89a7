import { PublicShell } from "components/shell/public-shell";
import { LinkOver } from "components/sign-in/link-over";
import { OtherWay } from "components/sign-in/other-way";
import { PasswordForm } from "components/sign-in/password-form";
import { linkPage } from "lib/gates/link-page";
import type { Metadata } from "next";

// The token in the address goes nowhere; with no-referrer browsers would send Origin: null with the form.
export const metadata: Metadata = { title: "Invitation", referrer: "strict-origin" };

type Props = {
  params: Promise<{ token: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export default async function InvitePage(props: Props) {
  const { link, over, action, error } = await linkPage(props, "invite");
  if (!link) return <LinkOver what="invitation" state={over} />;
  return (
    <PublicShell
      title={`Join ${link.organization}`}
      intro={
        <span className="break-words">{`You were invited as ${link.email}. Set a password to sign in with.`}</span>
      }
    >
      <div className="flex flex-col gap-5">
        <PasswordForm
          action={action}
          submit="Set password and sign in"
          autoComplete="new-password"
          help="At least 12 characters. A password manager makes a good one."
          error={error}
        />
        {link.domainConnection && <OtherWay connection={link.domainConnection} />}
      </div>
    </PublicShell>
  );
}

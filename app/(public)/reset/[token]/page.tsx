import { PublicShell } from "components/shell/public-shell";
import { LinkOver } from "components/sign-in/link-over";
import { PasswordForm } from "components/sign-in/password-form";
import { linkPage } from "lib/gates/link-page";
import type { Metadata } from "next";

// The token in the address goes nowhere; with no-referrer browsers would send Origin: null with the form.
export const metadata: Metadata = { title: "New password", referrer: "strict-origin" };

type Props = {
  params: Promise<{ token: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export default async function NewPasswordPage(props: Props) {
  const { link, over, action, error } = await linkPage(props, "reset");
  if (!link) return <LinkOver what="link" state={over} />;
  return (
    <PublicShell
      title="Set a new password"
      intro={
        <span className="break-words">{`For ${link.email} at ${link.organization}. All sessions of this account end.`}</span>
      }
    >
      <PasswordForm
        action={action}
        submit="Set password and sign in"
        label="New password"
        autoComplete="new-password"
        help="At least 12 characters. A password manager makes a good one."
        error={error}
      />
    </PublicShell>
  );
}

import { PublicShell } from "components/shell/public-shell";
import { LinkOver } from "components/sign-in/link-over";
import { PasswordForm } from "components/sign-in/password-form";
import { oneOf } from "lib/gates/public-page";
import { linkError } from "lib/sign-in/use-link";
import { resolveLink } from "lib/tokens/resolve-link";
import type { Metadata } from "next";

export const metadata: Metadata = { title: "New password", referrer: "no-referrer" };

type Props = {
  params: Promise<{ token: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export default async function NewPasswordPage({ params, searchParams }: Props) {
  const { token } = await params;
  const { state, link } = await resolveLink(token);
  if (state !== "valid") return <LinkOver what="link" state={state} />;
  if (link.kind === "invite") return <LinkOver what="link" state="unknown" />;
  return (
    <PublicShell
      title="Set a new password"
      intro={
        <span className="break-words">{`For ${link.email} at ${link.organization}. All sessions of this account end.`}</span>
      }
    >
      <PasswordForm
        action={`/reset/${token}/continue`}
        submit="Set password and sign in"
        label="New password"
        autoComplete="new-password"
        help="At least 12 characters. A password manager makes a good one."
        error={linkError(oneOf((await searchParams).error)) ?? undefined}
      />
    </PublicShell>
  );
}

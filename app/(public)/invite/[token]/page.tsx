import { PublicShell } from "components/shell/public-shell";
import { LinkOver } from "components/sign-in/link-over";
import { OtherWay } from "components/sign-in/other-way";
import { PasswordForm } from "components/sign-in/password-form";
import { oneOf } from "lib/gates/public-page";
import { linkError } from "lib/sign-in/use-link";
import { resolveLink } from "lib/tokens/resolve-link";
import type { Metadata } from "next";

export const metadata: Metadata = { title: "Invitation", referrer: "no-referrer" };

type Props = {
  params: Promise<{ token: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export default async function InvitePage({ params, searchParams }: Props) {
  const { token } = await params;
  const { state, link } = await resolveLink(token);
  if (state !== "valid") return <LinkOver what="invitation" state={state} />;
  if (link.kind !== "invite") return <LinkOver what="invitation" state="unknown" />;
  return (
    <PublicShell
      title={`Join ${link.organization}`}
      intro={
        <span className="break-words">{`You were invited as ${link.email}. Set a password to sign in with.`}</span>
      }
    >
      <div className="flex flex-col gap-5">
        <PasswordForm
          action={`/invite/${token}/continue`}
          submit="Set password and sign in"
          autoComplete="new-password"
          help="At least 12 characters. A password manager makes a good one."
          error={linkError(oneOf((await searchParams).error)) ?? undefined}
        />
        {link.domainConnection && <OtherWay connection={link.domainConnection} />}
      </div>
    </PublicShell>
  );
}

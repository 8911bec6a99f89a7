import { PublicShell } from "components/shell/public-shell";
import { OtherWay } from "components/sign-in/other-way";
import { PasswordForm } from "components/sign-in/password-form";
import { Notice } from "components/ui/notice";
import { TextLink } from "components/ui/text-link";
import { oneOf } from "lib/gates/public-page";
import { type Query, typedAddress } from "lib/gates/sign-in-page";
import type { Metadata } from "next";

export const metadata: Metadata = { title: "Sign in" };

type Props = { searchParams: Promise<Query> };

export default async function PasswordPage({ searchParams }: Props) {
  const { email, isConnectionOff, connection } = await typedAddress();
  const error = oneOf((await searchParams).error) ? "The e-mail or the password is not right." : undefined;
  return (
    <PublicShell
      title="Sign in"
      intro={
        <p className="flex flex-wrap items-baseline justify-between gap-2">
          <span className="min-w-0 break-all text-text">{email}</span>
          <TextLink href="/sign-in">Change</TextLink>
        </p>
      }
      below={<TextLink href="/reset">Forgot password?</TextLink>}
    >
      <div className="flex flex-col gap-5">
        {isConnectionOff && <Notice tone="warn">Single sign-on is switched off for your organization</Notice>}
        <PasswordForm
          action="/sign-in/password/continue"
          submit="Sign in"
          autoComplete="current-password"
          error={error}
        />
        <OtherWay connection={connection} />
      </div>
    </PublicShell>
  );
}

import { PublicShell } from "components/shell/public-shell";
import { PasswordForm } from "components/sign-in/password-form";
import { TextLink } from "components/ui/text-link";
import { oneOf } from "lib/gates/public-page";
import { type Query, waitingSignIn } from "lib/gates/sign-in-page";
import type { Metadata } from "next";

export const metadata: Metadata = { title: "Confirm it is you" };

type Props = { searchParams: Promise<Query> };

export default async function ConfirmPage({ searchParams }: Props) {
  const { address, provider } = await waitingSignIn();
  const error = oneOf((await searchParams).error) ? "This is not the password of this account." : undefined;
  return (
    <PublicShell
      title="Confirm it is you"
      intro={
        <span className="break-words">
          {`${address} has a password here. Enter it once; from then on ${provider} signs you in.`}
        </span>
      }
      below={<TextLink href="/sign-in">Cancel</TextLink>}
    >
      <PasswordForm action="/sign-in/confirm/continue" submit="Confirm" autoComplete="current-password" error={error} />
    </PublicShell>
  );
}

import { PublicShell } from "components/shell/public-shell";
import { PasswordForm } from "components/sign-in/password-form";
import { TextLink } from "components/ui/text-link";
import { oneOf, readOwnCookie } from "lib/gates/public-page";
import { findWaiting, findWhoConfirms } from "lib/sign-in/find-waiting";
import { proofCookieName } from "lib/sign-in/proof-cookie";
import type { Metadata } from "next";
import { redirect } from "next/navigation";

export const metadata: Metadata = { title: "Confirm it is you" };

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export default async function ConfirmPage({ searchParams }: Props) {
  const waiting = await findWaiting(await readOwnCookie(proofCookieName));
  const person = waiting && (await findWhoConfirms(waiting));
  if (!waiting || !person) redirect("/sign-in/error?code=request_unknown");
  const provider = waiting.connection.providerWord;
  const error = oneOf((await searchParams).error) ? "This is not the password of this account." : undefined;
  return (
    <PublicShell
      title="Confirm it is you"
      intro={
        <span className="break-words">
          {`${person.email} has a password here. Enter it once; from then on ${provider} signs you in.`}
        </span>
      }
      below={<TextLink href="/sign-in">Cancel</TextLink>}
    >
      <PasswordForm action="/sign-in/confirm/continue" submit="Confirm" autoComplete="current-password" error={error} />
    </PublicShell>
  );
}

import { PublicShell } from "components/shell/public-shell";
import { SignInError } from "components/sign-in/sign-in-error";
import { explainToPerson } from "lib/exchanges/public-texts";
import { oneOf, readOwnCookie } from "lib/gates/public-page";
import { attemptCookieName } from "lib/sign-in/attempt-cookie";
import { findAttempt, isReference } from "lib/sign-in/find-attempt";
import type { Metadata } from "next";

export const metadata: Metadata = { title: "Sign-in failed" };

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export default async function SignInErrorPage({ searchParams }: Props) {
  const query = await searchParams;
  const reference = oneOf(query.ref);
  const attempt = await findAttempt(await readOwnCookie(attemptCookieName), reference);
  const told = explainToPerson(attempt?.code ?? oneOf(query.code), {
    provider: attempt?.connection?.provider,
    address: attempt?.address,
  });
  return (
    <PublicShell title={told.heading} intro={<span className="break-words">{told.sentence}</span>}>
      <SignInError
        code={told.code}
        reference={attempt?.reference ?? (isReference(reference) ? reference : null)}
        at={attempt?.at ?? null}
        support={attempt?.support ?? null}
        connection={attempt?.connection?.isActive ? attempt.connection : null}
      />
    </PublicShell>
  );
}

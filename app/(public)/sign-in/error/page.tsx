import { PublicShell } from "components/shell/public-shell";
import { SignInError } from "components/sign-in/sign-in-error";
import { type Query, refusedSignIn } from "lib/gates/sign-in-page";
import type { Metadata } from "next";

export const metadata: Metadata = { title: "Sign-in failed" };

type Props = { searchParams: Promise<Query> };

export default async function SignInErrorPage({ searchParams }: Props) {
  const { heading, sentence, ...refusal } = await refusedSignIn(await searchParams);
  return (
    <PublicShell title={heading} intro={<span className="break-words">{sentence}</span>}>
      <SignInError {...refusal} />
    </PublicShell>
  );
}

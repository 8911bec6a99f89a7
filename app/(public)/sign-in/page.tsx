import { PublicShell } from "components/shell/public-shell";
import { EmailForm } from "components/sign-in/email-form";
import { SignedInAs } from "components/sign-in/signed-in-as";
import { signedIn } from "lib/gates/page-scope";
import { nextPath, type Query } from "lib/gates/sign-in-page";
import type { Metadata } from "next";

export const metadata: Metadata = { title: "Sign in" };

type Props = { searchParams: Promise<Query> };

export default async function SignInPage({ searchParams }: Props) {
  const next = nextPath(await searchParams);
  const found = await signedIn();
  return (
    <PublicShell title="Sign in">
      {found ? <SignedInAs email={found.session.email} next={next ?? "/"} /> : <EmailForm next={next} />}
    </PublicShell>
  );
}

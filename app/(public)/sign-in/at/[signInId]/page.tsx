import { PublicShell } from "components/shell/public-shell";
import { ConnectionButton } from "components/sign-in/connection-button";
import { EmailForm } from "components/sign-in/email-form";
import { nextPath, organizationToSignIn, type Query } from "lib/gates/sign-in-page";
import type { Metadata } from "next";

export const metadata: Metadata = { title: "Sign in" };

type Props = { params: Promise<{ signInId: string }>; searchParams: Promise<Query> };

export default async function OwnSignInPage({ params, searchParams }: Props) {
  const { name, ways } = await organizationToSignIn((await params).signInId);
  const next = nextPath(await searchParams);
  if (ways.length === 0) {
    return (
      <PublicShell title={`Sign in to ${name}`}>
        <EmailForm next={next} usePassword />
      </PublicShell>
    );
  }
  return (
    <PublicShell title={`Sign in to ${name}`}>
      <div className="flex flex-col gap-5">
        {ways.map(({ id, label }) => (
          <ConnectionButton key={id} connectionId={id} label={label} next={next} />
        ))}
        <div className="flex flex-col gap-4 border-t pt-5">
          <h2 className="text-title font-semibold">With a password</h2>
          <EmailForm next={next} usePassword autoFocus={false} variant="secondary" />
        </div>
      </div>
    </PublicShell>
  );
}

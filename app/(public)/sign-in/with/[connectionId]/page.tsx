import { PublicShell } from "components/shell/public-shell";
import { ConnectionButton } from "components/sign-in/connection-button";
import { connectionToSignIn, nextPath, type Query } from "lib/gates/sign-in-page";
import type { Metadata } from "next";

export const metadata: Metadata = { title: "Sign in" };

type Props = { params: Promise<{ connectionId: string }>; searchParams: Promise<Query> };

export default async function SignInWithPage({ params, searchParams }: Props) {
  const { id, label, organization } = await connectionToSignIn((await params).connectionId);
  return (
    <PublicShell title={`Sign in to ${organization}`}>
      <ConnectionButton connectionId={id} label={label} next={nextPath(await searchParams)} />
    </PublicShell>
  );
}

import { PublicShell } from "components/shell/public-shell";
import { LinkButton } from "components/ui/link-button";
import { oneOf } from "lib/gates/public-page";
import type { Metadata } from "next";

export const metadata: Metadata = { title: "Signed out" };

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export default async function SignedOutPage({ searchParams }: Props) {
  const throughConnection = oneOf((await searchParams).through) === "connection";
  return (
    <PublicShell
      title="You are signed out"
      intro={
        throughConnection
          ? "Your session at the identity provider goes on: sign out there too on a shared computer."
          : undefined
      }
    >
      <LinkButton href="/sign-in">Sign in again</LinkButton>
    </PublicShell>
  );
}

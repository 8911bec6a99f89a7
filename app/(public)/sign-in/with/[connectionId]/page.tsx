import { PublicShell } from "components/shell/public-shell";
import { ConnectionButton } from "components/sign-in/connection-button";
import { resolveConnection } from "lib/connections/resolve-connection";
import { oneOf } from "lib/gates/public-page";
import { returnPath } from "lib/sign-in/return-path";
import type { Metadata } from "next";
import { notFound, redirect } from "next/navigation";

export const metadata: Metadata = { title: "Sign in" };

type Props = {
  params: Promise<{ connectionId: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export default async function SignInWithPage({ params, searchParams }: Props) {
  const connection = await resolveConnection((await params).connectionId);
  if (!connection || connection.status === "draft") notFound();
  if (connection.status !== "active" || connection.organization.suspended) {
    redirect("/sign-in/error?code=connection_disabled");
  }
  const next = returnPath(oneOf((await searchParams).next));
  return (
    <PublicShell title={`Sign in to ${connection.organization.name}`}>
      <ConnectionButton connectionId={connection.id} label={connection.label} next={next} />
    </PublicShell>
  );
}

import { PublicShell } from "components/shell/public-shell";
import { SetUpForm } from "components/sign-in/set-up-form";
import { installationUrl, oneOf } from "lib/gates/public-page";
import { isSetUp } from "lib/organizations/resolve-organization";
import { isSetupToken } from "lib/organizations/setup-token";
import type { Metadata } from "next";
import { notFound } from "next/navigation";

export const metadata: Metadata = { title: "Set up", referrer: "no-referrer" };

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export default async function SetupPage({ searchParams }: Props) {
  const query = await searchParams;
  const token = oneOf(query.token) ?? "";
  if (!isSetupToken(token) || (await isSetUp())) notFound();
  return (
    <PublicShell
      width="form"
      title="Set up Gatehouse"
      intro="Make your organization and its first owner. The owner verifies domains and connects the identity provider."
    >
      <SetUpForm token={token} appUrl={installationUrl()} error={oneOf(query.error)} />
    </PublicShell>
  );
}

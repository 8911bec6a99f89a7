import { PublicShell } from "components/shell/public-shell";
import { SetUpForm } from "components/sign-in/set-up-form";
import { setupPage } from "lib/gates/link-page";
import type { Metadata } from "next";

// The token in the address goes nowhere; with no-referrer browsers would send Origin: null with the form.
export const metadata: Metadata = { title: "Set up", referrer: "strict-origin" };

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export default async function SetupPage(props: Props) {
  return (
    <PublicShell
      width="form"
      title="Set up Gatehouse"
      intro="Make your organization and its first owner. The owner verifies domains and connects the identity provider."
    >
      <SetUpForm {...(await setupPage(props))} />
    </PublicShell>
  );
}

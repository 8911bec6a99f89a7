import { PublicShell } from "components/shell/public-shell";
import { Button } from "components/ui/button";
import { RadioGroup } from "components/ui/radio-group";
import { fittingOrganizations } from "lib/gates/sign-in-page";
import type { Metadata } from "next";

export const metadata: Metadata = { title: "Choose an organization" };

export default async function ChoosePage() {
  const choices = await fittingOrganizations();
  return (
    <PublicShell title="Choose an organization" intro="Your password fits in several organizations.">
      <form method="post" action="/sign-in/choose/continue" className="flex flex-col gap-5">
        <RadioGroup
          name="organization"
          label="Choose an organization"
          hideLabel
          cards
          options={choices.map(({ orgId, organization }) => ({ value: orgId, label: organization }))}
          defaultValue={choices[0]?.orgId}
        />
        <Button type="submit" variant="primary">
          Continue
        </Button>
      </form>
    </PublicShell>
  );
}

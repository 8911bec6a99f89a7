import { PublicShell } from "components/shell/public-shell";
import { Button } from "components/ui/button";
import { RadioGroup } from "components/ui/radio-group";
import { readOwnCookie } from "lib/gates/public-page";
import { choiceCookieName, readChoice } from "lib/sign-in/choice-cookie";
import type { Metadata } from "next";
import { redirect } from "next/navigation";

export const metadata: Metadata = { title: "Choose an organization" };

export default async function ChoosePage() {
  const choices = readChoice(await readOwnCookie(choiceCookieName));
  if (choices.length === 0) redirect("/sign-in");
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

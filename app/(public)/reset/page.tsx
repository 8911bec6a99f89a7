import { PublicShell } from "components/shell/public-shell";
import { Button } from "components/ui/button";
import { Field } from "components/ui/field";
import { Input } from "components/ui/input";
import { Notice } from "components/ui/notice";
import { TextLink } from "components/ui/text-link";
import { oneOf } from "lib/gates/public-page";
import type { Metadata } from "next";

export const metadata: Metadata = { title: "Forgot password" };

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export default async function ResetPage({ searchParams }: Props) {
  const query = await searchParams;
  if (oneOf(query.sent)) {
    return (
      <PublicShell title="Check your mail" below={<TextLink href="/sign-in">Back to sign-in</TextLink>}>
        <Notice tone="info" role="status">
          If this address has a password here, a link to set a new one is on its way. It works for 30 minutes. Where no
          mail arrives, ask an owner of your organization.
        </Notice>
      </PublicShell>
    );
  }
  return (
    <PublicShell
      title="Forgot password"
      intro="Enter your work e-mail. If it has a password here, we send a link to set a new one."
      below={<TextLink href="/sign-in">Back to sign-in</TextLink>}
    >
      <form method="post" action="/reset/continue" className="flex flex-col gap-5">
        <Field
          name="email"
          label="Work e-mail"
          error={oneOf(query.error) ? "Enter an e-mail address, for example ann@acme.com." : undefined}
        >
          {(control) => <Input {...control} type="email" autoComplete="username" required maxLength={254} autoFocus />}
        </Field>
        <Button type="submit" variant="primary">
          Send the link
        </Button>
      </form>
    </PublicShell>
  );
}

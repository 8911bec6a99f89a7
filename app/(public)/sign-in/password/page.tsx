import { PublicShell } from "components/shell/public-shell";
import { OtherWay } from "components/sign-in/other-way";
import { PasswordForm } from "components/sign-in/password-form";
import { Notice } from "components/ui/notice";
import { TextLink } from "components/ui/text-link";
import { resolveDomain } from "lib/domains/resolve-domain";
import { oneOf, readOwnCookie } from "lib/gates/public-page";
import { addressCookieName, readAddressCookie } from "lib/sign-in/address-cookie";
import type { Metadata } from "next";
import { redirect } from "next/navigation";

export const metadata: Metadata = { title: "Sign in" };

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export default async function PasswordPage({ searchParams }: Props) {
  const typed = readAddressCookie(await readOwnCookie(addressCookieName));
  if (!typed) redirect("/sign-in");
  const error = oneOf((await searchParams).error) ? "The e-mail or the password is not right." : undefined;
  const route = await resolveDomain(typed.email);
  return (
    <PublicShell
      title="Sign in"
      intro={
        <p className="flex flex-wrap items-baseline justify-between gap-2">
          <span className="min-w-0 break-all text-text">{typed.email}</span>
          <TextLink href="/sign-in">Change</TextLink>
        </p>
      }
      below={<TextLink href="/reset">Forgot password?</TextLink>}
    >
      <div className="flex flex-col gap-5">
        {typed.note === "connection_disabled" && (
          <Notice tone="warn">Single sign-on is switched off for your organization</Notice>
        )}
        <PasswordForm
          action="/sign-in/password/continue"
          submit="Sign in"
          autoComplete="current-password"
          error={error}
        />
        <OtherWay connection={route.kind === "active" ? route.connection : null} />
      </div>
    </PublicShell>
  );
}

import { PublicShell } from "components/shell/public-shell";
import { ConnectionButton } from "components/sign-in/connection-button";
import { EmailForm } from "components/sign-in/email-form";
import { findSignInWays } from "lib/connections/resolve-connection";
import { oneOf } from "lib/gates/public-page";
import { findOrganizationBySignInId } from "lib/organizations/resolve-organization";
import { returnPath } from "lib/sign-in/return-path";
import type { Metadata } from "next";
import { notFound } from "next/navigation";

export const metadata: Metadata = { title: "Sign in" };

type Props = {
  params: Promise<{ signInId: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export default async function OwnSignInPage({ params, searchParams }: Props) {
  const organization = await findOrganizationBySignInId((await params).signInId);
  if (!organization || organization.suspended) notFound();
  const ways = await findSignInWays(organization.id);
  const next = returnPath(oneOf((await searchParams).next));
  return (
    <PublicShell title={`Sign in to ${organization.name}`}>
      <div className="flex flex-col gap-5">
        {ways.map(({ id, label }) => (
          <ConnectionButton key={id} connectionId={id} label={label} next={next} />
        ))}
        <div className={ways.length > 0 ? "flex flex-col gap-4 border-t pt-5" : ""}>
          {ways.length > 0 && <h2 className="text-title font-semibold">With a password</h2>}
          <EmailForm
            next={next}
            usePassword
            autoFocus={ways.length === 0}
            variant={ways.length > 0 ? "secondary" : "primary"}
          />
        </div>
      </div>
    </PublicShell>
  );
}

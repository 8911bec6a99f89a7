import { SettingsForm } from "components/settings/settings-form";
import { Card } from "components/ui/card";
import { CopyField } from "components/ui/copy-field";
import { PageHeader } from "components/ui/page-header";
import { pageScope } from "lib/gates/page-scope";
import { installationUrl } from "lib/gates/public-page";
import { readOrganization } from "lib/organizations/queries";
import { may } from "lib/scope/scope";
import type { Metadata } from "next";
import { updateOrganizationAction } from "./actions";

export const metadata: Metadata = { title: "Settings" };

export default async function SettingsPage() {
  const scope = await pageScope("settings:read");
  const organization = await readOrganization(scope);
  return (
    <>
      <PageHeader title="Settings" />
      <div className="flex max-w-form flex-col gap-6">
        <SettingsForm
          organization={organization}
          mayEdit={may(scope, "settings:update")}
          save={updateOrganizationAction}
        />
        <Card
          title="Addresses to share"
          description="The sign-in page lists your active connections by their label, beside the password step."
        >
          <CopyField label="Sign-in page" value={`${installationUrl()}/sign-in/at/${organization.signInId}`} />
          <CopyField
            label="Short name"
            value={organization.slug}
            help="For forms of identity providers that insist on an organization. SCIM itself needs none: the token names the directory."
          />
        </Card>
      </div>
    </>
  );
}

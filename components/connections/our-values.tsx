import { Card } from "components/ui/card";
import { CopyField } from "components/ui/copy-field";
import { LinkButton } from "components/ui/link-button";

type OurValuesProps = {
  urls: { acsUrl: string; entityId: string; signInUrl: string; spMetadataUrl: string };
  signInPage: string;
  word: string;
};

/** This connection's addresses, to take to the provider or to people. They never change while it lives. */
export function OurValues({ urls, signInPage, word }: OurValuesProps) {
  return (
    <Card
      title="Values to copy"
      description={`For ${word}. They stay the same while this connection lives.`}
      actions={
        <LinkButton plain size="small" href={`${urls.spMetadataUrl}?download=1`}>
          Download SP metadata
        </LinkButton>
      }
    >
      <CopyField label="ACS URL" value={urls.acsUrl} help="Okta: Single sign-on URL." />
      <CopyField label="Entity ID" value={urls.entityId} help="Okta: Audience URI (SP Entity ID)." />
      <CopyField label="Metadata URL" value={urls.spMetadataUrl} help="Our SP metadata, readable by anyone." />
      <CopyField
        label="Sign-in link"
        value={urls.signInUrl}
        help="Leads straight to this connection; can be mailed round."
      />
      <CopyField label="Sign-in page" value={signInPage} help="Your organization's page with all active connections." />
    </Card>
  );
}

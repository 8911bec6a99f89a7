import { CopyField } from "components/ui/copy-field";
import { Guide, type GuideProps, type Step } from "./guide";

type GenericGuideProps = Omit<GuideProps, "label" | "steps"> & { provider: string };

/** What every SAML 2.0 identity provider needs to know and to send. */
export function GenericGuide({ provider, ...props }: GenericGuideProps) {
  return <Guide {...props} label={`In ${provider}`} steps={genericSteps(props.urls)} />;
}

function genericSteps({ acsUrl, entityId, signInUrl }: GuideProps["urls"]): Step[] {
  return [
    { id: "create-app", title: "Create an application of your own for SAML 2.0" },
    {
      id: "configure-saml",
      title: "Give it these addresses",
      body: (
        <>
          <CopyField
            label="ACS URL for the provider"
            value={acsUrl}
            help="Also called Reply URL, Recipient or Destination; POST binding."
          />
          <CopyField
            label="Entity ID for the provider"
            value={entityId}
            help="Also called Audience, Identifier or SP Entity ID."
          />
          <CopyField label="Login URL" value={signInUrl} help="Where it asks for a start or login address." />
        </>
      ),
    },
    {
      id: "name-id",
      title: "Let it send a NameID that is unique and stays the same, and sign the assertion with RSA-SHA256 or better",
    },
    {
      id: "attribute-statements",
      title: "Let it send one e-mail address and the names",
      body: (
        <p className="text-small text-muted">
          E-mail as email, mail, …/claims/emailaddress or a NameID of format emailAddress; names as firstName and
          lastName, or …/claims/givenname and …/claims/surname.
        </p>
      ),
    },
    { id: "metadata", title: "Copy its metadata URL, or its metadata, and give it to Gatehouse below" },
    {
      id: "assignments",
      title: "Assign people or groups to the application",
      body: (
        <p className="text-small text-muted">
          Its clock must be right within 2 minutes. Try it with one person in a private window before everybody follows.
        </p>
      ),
    },
  ];
}

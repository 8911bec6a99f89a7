import { Guide, type GuideProps } from "components/connections/guide";
import { CopyField } from "components/ui/copy-field";
import { TextLink } from "components/ui/text-link";
import { capital } from "./words";

type GenericScimGuideProps = Pick<GuideProps, "connectionId" | "urls" | "ticks" | "tick"> & {
  provider: string;
  baseUrl: string;
  domain: string;
};

/** What every SCIM 2.0 client needs, in the standard's words. */
export function GenericScimGuide({ provider, baseUrl, domain, ...guide }: GenericScimGuideProps) {
  return (
    <Guide
      {...guide}
      label={`In ${provider}`}
      steps={[
        {
          id: "scim-generic-address",
          title: "Open the SCIM provisioning of the application",
          body: (
            <CopyField
              label="SCIM base URL"
              value={baseUrl}
              help="Also called SCIM endpoint, SCIM connector base URL or tenant URL."
            />
          ),
        },
        {
          id: "scim-generic-token",
          title: "Paste the token",
          body: (
            <p className="text-small text-muted">
              Also called bearer token, API token, access token or secret token. It goes into the header Authorization;
              with and without Bearer in front is the same here.
            </p>
          ),
        },
        {
          id: "scim-generic-mapping",
          title: "Match people by userName, and let userName be the e-mail address",
          body: (
            <p className="text-small text-muted">
              Needed: <b>userName</b> and an e-mail address, of {domain}. Useful: name.givenName, name.familyName,
              displayName. Everything else that comes is kept, shown on the person's page and given back.
            </p>
          ),
        },
        {
          id: "scim-generic-test",
          title: "Test the connection and switch provisioning on",
          body: <p className="text-small text-muted">This page says Connected at the first call.</p>,
        },
        {
          id: "scim-generic-trial",
          title: "Try it with one person",
          body: (
            <p className="text-small text-muted">
              Assign one person, see the row under <TextLink href="/users?source=scim">Users</TextLink>, unassign, see
              it <TextLink href="/users?status=deactivated">deactivated</TextLink>. {capital(provider)} may send on a
              schedule rather than at once.
            </p>
          ),
        },
      ]}
    />
  );
}

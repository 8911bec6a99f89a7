import { Guide, type GuideProps } from "components/connections/guide";
import { Tabs } from "components/ui/tabs";
import { TextLink } from "components/ui/text-link";
import { catalogueSteps, ownAppSteps, sharedSteps } from "./okta-scim-steps";

type OktaScimGuideProps = Pick<GuideProps, "connectionId" | "urls" | "ticks" | "tick"> & {
  baseUrl: string;
  /** A domain whose people may be provisioned: for the trial. */
  domain: string;
};

/** Okta's own steps for both apps that can provision, in Okta's words (console.md 7.10). */
export function OktaScimGuide({ baseUrl, domain, ...guide }: OktaScimGuideProps) {
  const shared = sharedSteps(domain);
  const after = (
    <p className="text-small text-muted">
      Okta keeps its own record in the app's <b>Provisioning</b> tab and under <b>Dashboard &gt; Tasks</b>, where a
      refused change waits with our sentence and can be retried. What each person sent shows under{" "}
      <TextLink href={`/users?source=scim&connection=${guide.connectionId}`}>Users</TextLink>.
    </p>
  );
  return (
    <Tabs
      label="Which app in Okta provisions"
      tabs={[
        {
          value: "own",
          label: "The SAML app you made",
          content: <Guide {...guide} label="In Okta" steps={[...ownAppSteps(baseUrl), ...shared]} after={after} />,
        },
        {
          value: "catalogue",
          label: "Catalogue app beside it",
          content: (
            <Guide
              {...guide}
              label="In Okta, with the catalogue app"
              steps={[...catalogueSteps(baseUrl), ...shared]}
              after={after}
            />
          ),
        },
      ]}
    />
  );
}

import { Card } from "components/ui/card";
import { FactList } from "components/ui/fact-list";
import { Time } from "components/ui/time";
import type { ConnectionSettings } from "lib/connections/schema";
import type { ReactNode } from "react";

type ProviderSettingsProps = {
  word: string;
  provider: NonNullable<ConnectionSettings["identityProvider"]>;
  actions?: ReactNode;
  time: { now: Date; locale: string };
};

const sources = { url: "Metadata URL", xml: "Metadata XML", manual: "Entered by hand" };

/** The provider's settings as they are stored. */
export function ProviderSettings({ word, provider, actions, time }: ProviderSettingsProps) {
  const { source } = provider;
  return (
    <Card title={`Settings of ${word}`} actions={actions}>
      <FactList
        facts={[
          { name: "Entity ID", value: provider.entityId, mono: true },
          ...(provider.ssoRedirectUrl
            ? [{ name: "SSO URL (Redirect)", value: provider.ssoRedirectUrl, mono: true }]
            : []),
          ...(provider.ssoPostUrl ? [{ name: "SSO URL (POST)", value: provider.ssoPostUrl, mono: true }] : []),
          { name: "Source", value: sources[source.kind] },
          ...(source.kind === "url" ? [{ name: "Metadata URL", value: source.url, mono: true }] : []),
          { name: "Read", value: <Time at={source.readAt} {...time} /> },
        ]}
      />
    </Card>
  );
}

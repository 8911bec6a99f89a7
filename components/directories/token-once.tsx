"use client";
import { CopyField } from "components/ui/copy-field";
import { FactList } from "components/ui/fact-list";
import { SecretOnce } from "components/ui/secret-once";

type TokenOnceProps = {
  token: string;
  baseUrl: string;
  okta: boolean;
  /** What the reader calls the provider. */
  provider: string;
  onDone: () => void;
};

/** What the provider needs, the one time it can be read: base URL, token, and which field takes which copy of it. */
export function TokenOnce({ token, baseUrl, okta, provider, onDone }: TokenOnceProps) {
  return (
    <>
      <CopyField label="SCIM base URL" value={baseUrl} />
      {okta ? (
        <section aria-label="Which copy goes where" className="rounded-card border bg-sunken p-3 text-small">
          <p className="mb-2 font-medium">Which copy goes where in Okta</p>
          <FactList
            className="text-small"
            facts={[
              {
                name: "Copy token",
                value: (
                  <>
                    <b>HTTP Header</b> of your SAML app, <b>OAuth Bearer Token</b>, <b>API Token</b> of catalogue apps
                  </>
                ),
              },
              {
                name: "Copy with Bearer",
                value: (
                  <>
                    <b>API Token</b> of <i>SCIM 2.0 Test App (Header Auth)</i>
                  </>
                ),
              },
            ]}
          />
        </section>
      ) : (
        <p className="text-small text-muted">
          Paste the token alone where {provider} asks for a Bearer Token, API Token or Access token. Gatehouse takes it
          with and without “Bearer”.
        </p>
      )}
      <SecretOnce value={token} withBearer fileName="gatehouse-scim-token.txt" onDone={onDone} />
    </>
  );
}

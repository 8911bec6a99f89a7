import { Card } from "components/ui/card";
import { CopyField } from "components/ui/copy-field";
import { Notice } from "components/ui/notice";

type ScimValuesProps = {
  connectionId: string;
  baseUrl: string;
  shortName: string;
  okta: boolean;
  provider: string;
  /** Verified domains linked here, whose people may be provisioned. */
  domains: readonly string[];
  /** What Okta would refuse in the base URL. */
  warnings: readonly string[];
};

/** What the provider is told besides the token, and whose people it may send. */
export function ScimValues({ connectionId, baseUrl, shortName, okta, provider, domains, warnings }: ScimValuesProps) {
  return (
    <Card
      title="Values to copy"
      description={`For ${provider}. The same for every connection: the token tells which one calls.`}
    >
      {domains.length === 0 && (
        <Notice tone="warn" action={{ href: `/connections/${connectionId}/domains`, label: "Open Domains" }}>
          No verified domain is linked. Only people with an address of a linked domain can be provisioned.
        </Notice>
      )}
      <CopyField
        label="SCIM base URL"
        value={baseUrl}
        help="Also called SCIM connector base URL, SCIM endpoint or tenant URL."
      />
      {okta &&
        warnings.map((warning) => (
          <Notice key={warning} tone="warn">
            {warning}
          </Notice>
        ))}
      <CopyField
        label="Organization's short name"
        value={shortName}
        help="Only for forms that insist on an organization: the token names yours already."
      />
      {domains.length > 0 && (
        <p className="text-small text-muted">
          People with an address of {domains.join(", ")} can be provisioned; others are refused with a sentence that{" "}
          {provider} shows.
        </p>
      )}
    </Card>
  );
}

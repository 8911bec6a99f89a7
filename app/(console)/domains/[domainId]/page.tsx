import { DomainBadge } from "components/domains/domain-badge";
import { LastCheck } from "components/domains/last-check";
import { RemoveDomain } from "components/domains/remove-domain";
import { VerifyDomain } from "components/domains/verify-domain";
import { Card } from "components/ui/card";
import { CopyField } from "components/ui/copy-field";
import { FactList } from "components/ui/fact-list";
import { ForbiddenAction } from "components/ui/forbidden-action";
import { Notice } from "components/ui/notice";
import { PageHeader } from "components/ui/page-header";
import { TextLink } from "components/ui/text-link";
import { Time } from "components/ui/time";
import { readDomain } from "lib/domains/queries";
import { pageId, pageScope } from "lib/gates/page-scope";
import { pageTime } from "lib/gates/page-time";
import { may } from "lib/scope/scope";
import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { removeDomainAction, verifyDomainAction } from "../actions";

export const metadata: Metadata = { title: "Domain" };

export default async function DomainPage({ params }: { params: Promise<{ domainId: string }> }) {
  const scope = await pageScope("domain:read");
  const [domain, time] = await Promise.all([readDomain(scope, pageId((await params).domainId)), pageTime()]);
  if (!domain) notFound();
  const { proof, lastCheck } = domain;
  const mayVerify = may(scope, "domain:verify");
  return (
    <>
      <PageHeader
        title={domain.name}
        crumbs={[{ href: "/domains", label: "Domains" }]}
        badges={<DomainBadge status={domain.status} />}
        actions={
          may(scope, "domain:remove") ? (
            <RemoveDomain domain={{ ...domain, verified: domain.status === "verified" }} remove={removeDomainAction} />
          ) : (
            <ForbiddenAction needs="Owner">Remove domain</ForbiddenAction>
          )
        }
      />
      <div className="flex max-w-form flex-col gap-6">
        {proof && domain.status !== "verified" && (
          <Card
            title="Prove it by a DNS record"
            description="Publish this record where your domain's DNS is kept, then press Verify. New records can take up to 72 hours."
          >
            <div className="grid gap-4 sm:grid-cols-2">
              <CopyField label="Type" value="TXT" />
              <CopyField label="TTL" value={String(proof.ttl)} />
            </div>
            <CopyField label="Name" value={proof.host} help="Many DNS services add the domain themselves." />
            <CopyField label="Full name" value={proof.fullHost} />
            <CopyField label="Value" value={proof.value} />
            {mayVerify ? (
              <VerifyDomain domainId={domain.id} verify={verifyDomainAction}>
                {lastCheck && <LastCheck check={lastCheck} time={time} />}
              </VerifyDomain>
            ) : (
              <ForbiddenAction needs="Owner" variant="primary">
                Verify
              </ForbiddenAction>
            )}
            <details>
              <summary className="cursor-pointer py-1 text-small text-muted">Look for yourself</summary>
              <div className="mt-3 flex flex-col gap-4">
                <CopyField label="With dig" value={proof.dig} />
                <CopyField label="With nslookup" value={proof.nslookup} />
              </div>
            </details>
          </Card>
        )}
        {domain.status === "verified" && lastCheck && <LastCheck check={lastCheck} time={time} />}
        {domain.byOperator && (
          <Notice tone="info">Verified by the operator of this installation; no record is looked for.</Notice>
        )}
        <Card title="Domain">
          <FactList
            facts={[
              { name: "Added", value: <Time at={domain.createdAt} {...time} /> },
              { name: "Verified", value: domain.verifiedAt ? <Time at={domain.verifiedAt} {...time} /> : "Not yet" },
              {
                name: "Connection",
                value: domain.connection ? (
                  <TextLink href={`/connections/${domain.connection.id}/domains`}>{domain.connection.name}</TextLink>
                ) : (
                  "Not linked"
                ),
              },
              { name: "Users with an address", value: String(domain.users) },
            ]}
          />
        </Card>
      </div>
    </>
  );
}

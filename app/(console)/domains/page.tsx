import { AddDomain } from "components/domains/add-domain";
import { DomainBadge } from "components/domains/domain-badge";
import { EmptyState } from "components/ui/empty-state";
import { ForbiddenAction } from "components/ui/forbidden-action";
import { PageHeader } from "components/ui/page-header";
import { Table } from "components/ui/table";
import { TextLink } from "components/ui/text-link";
import { Time } from "components/ui/time";
import { listDomains } from "lib/domains/queries";
import { pageScope } from "lib/gates/page-scope";
import { pageTime } from "lib/gates/page-time";
import { may } from "lib/scope/scope";
import { Globe } from "lucide-react";
import type { Metadata } from "next";
import { claimDomainAction } from "./actions";

export const metadata: Metadata = { title: "Domains" };

export default async function DomainsPage() {
  const scope = await pageScope("domain:read");
  const [domains, time] = await Promise.all([listDomains(scope), pageTime()]);
  const add = may(scope, "domain:create") ? (
    <AddDomain claim={claimDomainAction} />
  ) : (
    <ForbiddenAction needs="Owner" variant="primary">
      Add domain
    </ForbiddenAction>
  );
  return (
    <>
      <PageHeader
        title="Domains"
        description="The domain of an e-mail address decides where its person signs in, so you prove that it is yours."
        actions={domains.length > 0 && add}
      />
      {domains.length === 0 ? (
        <EmptyState title="No domains yet" icon={Globe} action={add}>
          Add the domain of your people's e-mail addresses and prove it by a DNS record.
        </EmptyState>
      ) : (
        <Table
          caption="Domains"
          rows={domains}
          rowKey={(domain) => domain.id}
          columns={[
            {
              head: "Domain",
              cell: (domain) => (
                <TextLink quiet href={`/domains/${domain.id}`}>
                  {domain.name}
                </TextLink>
              ),
            },
            {
              head: "Status",
              cell: (domain) => (
                <span className="inline-flex flex-wrap items-center gap-2">
                  <DomainBadge status={domain.status} />
                  {domain.verifiedAt && <Time at={domain.verifiedAt} form="date" {...time} />}
                </span>
              ),
            },
            {
              head: "Connection",
              cell: ({ connection }) =>
                connection ? (
                  <TextLink quiet href={`/connections/${connection.id}`}>
                    {connection.name}
                  </TextLink>
                ) : (
                  "Not linked"
                ),
            },
            { head: "Users", cell: (domain) => domain.users },
          ]}
        />
      )}
    </>
  );
}

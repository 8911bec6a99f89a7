import { ConnectionsTable } from "components/connections/connections-table";
import { EmptyState, NoMatches } from "components/ui/empty-state";
import { FilterChips } from "components/ui/filter-chips";
import { FilterForm } from "components/ui/filter-form";
import { ForbiddenAction } from "components/ui/forbidden-action";
import { LinkButton } from "components/ui/link-button";
import { PageHeader } from "components/ui/page-header";
import { listConnections } from "lib/connections/queries";
import { connectionChips, connectionFilter, connectionFilterOptions } from "lib/connections/schema";
import { pageScope } from "lib/gates/page-scope";
import { pageTime } from "lib/gates/page-time";
import { may } from "lib/scope/scope";
import { Plug } from "lucide-react";
import type { Metadata } from "next";

export const metadata: Metadata = { title: "Connections" };

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export default async function ConnectionsPage({ searchParams }: Props) {
  const scope = await pageScope("connection:read");
  const params = await searchParams;
  const filter = connectionFilter.parse(params);
  const [connections, time] = await Promise.all([listConnections(scope, filter), pageTime()]);
  const address = { path: "/connections", params };
  const chips = connectionChips(filter);
  const add = may(scope, "connection:create") ? (
    <LinkButton variant="primary" href="/connections/new">
      New connection
    </LinkButton>
  ) : (
    <ForbiddenAction needs="Owner" variant="primary">
      New connection
    </ForbiddenAction>
  );
  const empty = connections.length === 0;
  return (
    <>
      <PageHeader
        title="Connections"
        description="Each connection leads the people of its domains to one identity provider."
        actions={!(empty && chips.length === 0) && add}
      />
      {empty && chips.length === 0 ? (
        <EmptyState title="No connections yet" icon={Plug} action={add}>
          Connect your identity provider by SAML, and let it provision people by SCIM.
        </EmptyState>
      ) : (
        <>
          <div className="mb-4 flex flex-col gap-3">
            <FilterForm address={address} filters={connectionFilterOptions} />
            <FilterChips address={address} chips={chips} />
          </div>
          {empty ? (
            <NoMatches noun="connections" path="/connections" />
          ) : (
            <ConnectionsTable connections={connections} time={time} />
          )}
        </>
      )}
    </>
  );
}

import { ConnectionsFilter } from "components/connections/connections-filter";
import { ConnectionsTable } from "components/connections/connections-table";
import { EmptyState, NoMatches } from "components/ui/empty-state";
import { ForbiddenAction } from "components/ui/forbidden-action";
import { LinkButton } from "components/ui/link-button";
import { PageHeader } from "components/ui/page-header";
import { listConnections } from "lib/connections/queries";
import { connectionFilter } from "lib/connections/schema";
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
  const filtered = filter.status.length + filter.provider.length > 0 || filter.domain !== "";
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
        actions={!(empty && !filtered) && add}
      />
      {empty && !filtered ? (
        <EmptyState title="No connections yet" icon={Plug} action={add}>
          Connect your identity provider by SAML, and let it provision people by SCIM.
        </EmptyState>
      ) : (
        <>
          <ConnectionsFilter address={address} filter={filter} />
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

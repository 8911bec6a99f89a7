import { CallsFilter } from "components/provisioning/calls-filter";
import { CallsTable } from "components/provisioning/calls-table";
import { ExportMenu } from "components/provisioning/export-menu";
import { NewerCalls } from "components/provisioning/newer-calls";
import { EmptyState, NoMatches } from "components/ui/empty-state";
import { LinkButton } from "components/ui/link-button";
import { PageHeader } from "components/ui/page-header";
import { Pagination } from "components/ui/pagination";
import { TextLink } from "components/ui/text-link";
import { listChoices } from "lib/connections/list-choices";
import { findCallByReference, listCalls } from "lib/exchanges/list-calls";
import { callFilter } from "lib/exchanges/schema";
import { pageScope } from "lib/gates/page-scope";
import { pageTime } from "lib/gates/page-time";
import { readLogDays } from "lib/organizations/queries";
import { FolderSync } from "lucide-react";
import type { Metadata } from "next";
import { redirect } from "next/navigation";

export const metadata: Metadata = { title: "Provisioning" };

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export default async function CallsPage({ searchParams }: Props) {
  const scope = await pageScope("activity:read");
  const params = await searchParams;
  const filter = callFilter.parse(params);
  const quoted = filter.q ? await findCallByReference(scope, filter.q) : null;
  if (quoted) redirect(`/provisioning/${quoted.id}`);
  const [page, connections, logDays, time] = await Promise.all([
    listCalls(scope, filter),
    listChoices(scope),
    readLogDays(scope),
    pageTime(),
  ]);
  const address = { path: "/provisioning", params };
  const list = (
    <>
      <CallsTable calls={page.rows} time={time} />
      <Pagination address={address} summary="Newest first" next={page.next} previous={page.previous} />
    </>
  );
  return (
    <>
      <PageHeader
        title="Provisioning"
        actions={page.rows.length > 0 ? <ExportMenu params={params} /> : undefined}
        description={
          <>
            Every request that an identity provider sent by SCIM, what became of it, and how to set right what was
            refused. Requests are kept for {logDays === 1 ? "1 day" : `${logDays} days`};{" "}
            <TextLink href="/settings">change this under Settings</TextLink>.
          </>
        }
      />
      {page.rows.length === 0 && Object.keys(params).length === 0 ? (
        <EmptyState
          title="No requests yet"
          icon={FolderSync}
          action={<LinkButton href="/connections">Open connections</LinkButton>}
        >
          They appear here once a connection has SCIM provisioning on and its provider calls for the first time.
        </EmptyState>
      ) : (
        <>
          <CallsFilter address={address} filter={filter} connections={connections} now={time.now} />
          {page.rows.length === 0 ? (
            <NoMatches noun="requests" path="/provisioning" />
          ) : page.previous ? (
            list
          ) : (
            <NewerCalls key={JSON.stringify(params)} ids={page.rows.map(({ id }) => id)}>
              {list}
            </NewerCalls>
          )}
        </>
      )}
    </>
  );
}

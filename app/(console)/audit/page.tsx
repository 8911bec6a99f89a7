import { AuditFilterForm } from "components/audit/audit-filter";
import { AuditTable } from "components/audit/audit-table";
import { NoMatches } from "components/ui/empty-state";
import { PageHeader } from "components/ui/page-header";
import { Pagination } from "components/ui/pagination";
import { actionInWords, actionOptions, listEvents } from "lib/audit/queries";
import { auditFilter } from "lib/audit/schema";
import { pageScope } from "lib/gates/page-scope";
import { pageTime } from "lib/gates/page-time";
import type { Metadata } from "next";

export const metadata: Metadata = { title: "Audit log" };

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export default async function AuditPage({ searchParams }: Props) {
  const scope = await pageScope("audit:read");
  const params = await searchParams;
  const filter = auditFilter.parse(params);
  const [page, time] = await Promise.all([listEvents(scope, filter), pageTime()]);
  const address = { path: "/audit", params };
  const events = page.rows.map((event) => ({ ...event, words: actionInWords(event.action) }));
  return (
    <>
      <PageHeader
        title="Audit log"
        description="Every change and every sign-in, written in the same moment as the change itself. Nothing here can be edited or deleted."
      />
      <AuditFilterForm address={address} filter={filter} actions={actionOptions()} />
      {events.length > 0 ? <AuditTable events={events} time={time} /> : <NoMatches noun="events" path="/audit" />}
      <Pagination address={address} summary="Newest first" next={page.next} previous={page.previous} />
    </>
  );
}

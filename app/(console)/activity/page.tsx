import { ActivityFilter } from "components/activity/activity-filter";
import { ActivityTable } from "components/activity/activity-table";
import { EmptyState, NoMatches } from "components/ui/empty-state";
import { PageHeader } from "components/ui/page-header";
import { Pagination } from "components/ui/pagination";
import { listChoices } from "lib/connections/list-choices";
import { describeSignIn } from "lib/exchanges/describe-sign-in";
import { findByReference, listSignIns } from "lib/exchanges/queries";
import { signInFilter } from "lib/exchanges/schema";
import { pageScope } from "lib/gates/page-scope";
import { pageTime } from "lib/gates/page-time";
import { Activity } from "lucide-react";
import type { Metadata } from "next";
import { redirect } from "next/navigation";

export const metadata: Metadata = { title: "Sign-in activity" };

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export default async function ActivityPage({ searchParams }: Props) {
  const scope = await pageScope("activity:read");
  const params = await searchParams;
  const filter = signInFilter.parse(params);
  const quoted = filter.q ? await findByReference(scope, filter.q) : null;
  if (quoted) redirect(`/activity/${quoted.id}`);
  const [page, connections, time] = await Promise.all([listSignIns(scope, filter), listChoices(scope), pageTime()]);
  const address = { path: "/activity", params };
  const attempts = page.rows.map((row) => {
    const connection = connections.find(({ id }) => id === row.connectionId) ?? null;
    const { outcome, failure } = describeSignIn(row, connection?.provider ?? "custom", time.now);
    return { ...row, connection, outcome, cause: failure?.cause ?? null };
  });
  const unfiltered = Object.keys(params).length === 0;
  return (
    <>
      <PageHeader
        title="Sign-in activity"
        description="Every attempt to sign in through a connection, with the reference that people read on an error page."
      />
      {attempts.length === 0 && unfiltered ? (
        <EmptyState title="No sign-ins yet" icon={Activity}>
          Attempts appear here as they happen, refused ones with their cause and what to do in the identity provider.
        </EmptyState>
      ) : (
        <>
          <ActivityFilter address={address} filter={filter} connections={connections} />
          {attempts.length > 0 ? (
            <ActivityTable attempts={attempts} time={time} />
          ) : (
            <NoMatches noun="sign-ins" path="/activity" />
          )}
          <Pagination address={address} summary="Newest first" next={page.next} previous={page.previous} />
        </>
      )}
    </>
  );
}

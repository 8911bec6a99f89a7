import { GroupsTable } from "components/groups/groups-table";
import { EmptyState, NoMatches } from "components/ui/empty-state";
import { FilterChips } from "components/ui/filter-chips";
import { FilterForm } from "components/ui/filter-form";
import { PageHeader } from "components/ui/page-header";
import { Pagination } from "components/ui/pagination";
import { pageScope } from "lib/gates/page-scope";
import { pageTime } from "lib/gates/page-time";
import { listGroups } from "lib/groups/queries";
import { groupFilter } from "lib/groups/schema";
import { countInWords } from "lib/users/schema";
import type { Metadata } from "next";

export const metadata: Metadata = { title: "Groups" };

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export default async function GroupsPage({ searchParams }: Props) {
  const scope = await pageScope("group:read");
  const params = await searchParams;
  const filter = groupFilter.parse(params);
  const [page, time] = await Promise.all([listGroups(scope, filter), pageTime()]);
  const address = { path: "/groups", params };
  const filtered = filter.q !== "";
  return (
    <>
      <PageHeader title="Groups" description="Groups that an identity provider pushes. Changes come from there." />
      <div className="mb-4 flex flex-col gap-3">
        <FilterForm address={address} search="Search groups" />
        <FilterChips
          address={address}
          chips={filtered ? [{ name: "q", value: filter.q, label: `Search: ${filter.q}` }] : []}
        />
      </div>
      {page.rows.length > 0 ? (
        <GroupsTable groups={page.rows} address={address} time={time} />
      ) : filtered ? (
        <NoMatches noun="groups" path="/groups" />
      ) : (
        <EmptyState title="No groups yet">
          In Okta, Assignments send people; only Push Groups sends groups. A pushed group appears here with its members.
        </EmptyState>
      )}
      <Pagination
        address={address}
        summary={countInWords(page.total, "group")}
        next={page.next}
        previous={page.previous}
      />
    </>
  );
}

import { ClashNotices } from "components/groups/clash-notices";
import { CreateGroup } from "components/groups/create-group";
import { GroupsFilter } from "components/groups/groups-filter";
import { GroupsTable } from "components/groups/groups-table";
import { EmptyState, NoMatches } from "components/ui/empty-state";
import { ForbiddenAction } from "components/ui/forbidden-action";
import { PageHeader } from "components/ui/page-header";
import { Pagination } from "components/ui/pagination";
import { listChoices } from "lib/connections/list-choices";
import { pageScope } from "lib/gates/page-scope";
import { pageTime } from "lib/gates/page-time";
import { findClashes } from "lib/groups/find-clashes";
import { listGroups } from "lib/groups/list-groups";
import { groupFilter } from "lib/groups/schema";
import { may } from "lib/scope/scope";
import { countInWords } from "lib/users/schema";
import { Users } from "lucide-react";
import type { Metadata } from "next";
import { createGroupAction, linkGroupAction, previewLinkAction, updateGroupAction } from "./actions";

export const metadata: Metadata = { title: "Groups" };

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export default async function GroupsPage({ searchParams }: Props) {
  const scope = await pageScope("group:read");
  const params = await searchParams;
  const filter = groupFilter.parse(params);
  const [page, clashes, connections, time] = await Promise.all([
    listGroups(scope, filter),
    findClashes(scope),
    listChoices(scope),
    pageTime(),
  ]);
  const address = { path: "/groups", params };
  const filtered = filter.q !== "" || [filter.source, filter.connection, filter.role].some((one) => one.length > 0);
  const create = may(scope, "group:create") ? (
    <CreateGroup create={createGroupAction} />
  ) : (
    <ForbiddenAction needs="Admin" variant="primary">
      Create group
    </ForbiddenAction>
  );
  const isEmpty = page.rows.length === 0 && !filtered;
  return (
    <>
      <PageHeader
        title="Groups"
        description="Groups that an identity provider pushes, and local ones whose members you manage here."
        actions={!isEmpty && create}
      />
      <ClashNotices
        clashes={clashes}
        link={may(scope, "group:link") ? { preview: previewLinkAction, link: linkGroupAction } : undefined}
        rename={may(scope, "group:update") ? updateGroupAction : undefined}
      />
      {!isEmpty && <GroupsFilter address={address} filter={filter} connections={connections} />}
      {page.rows.length > 0 ? (
        <GroupsTable
          groups={page.rows}
          clashing={new Set(clashes.map(({ groupId }) => groupId))}
          address={address}
          time={time}
        />
      ) : filtered ? (
        <NoMatches noun="groups" path="/groups" />
      ) : (
        <EmptyState title="No groups yet" icon={Users} action={create}>
          A group gives its members a role together. Create one here, or push groups from Okta: there Assignments send
          people, and only Push Groups sends groups.
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

import { EmptyState, NoMatches } from "components/ui/empty-state";
import { ForbiddenAction } from "components/ui/forbidden-action";
import { PageHeader } from "components/ui/page-header";
import { Pagination } from "components/ui/pagination";
import { BulkConvert } from "components/users/bulk-convert";
import { HiddenPeople } from "components/users/hidden-people";
import { InviteUser } from "components/users/invite-user";
import { provisionedDomains } from "components/users/provisioning-hint";
import { UsersFilter } from "components/users/users-filter";
import { isConvertible, UsersTable } from "components/users/users-table";
import { listChoices } from "lib/connections/list-choices";
import { pageScope } from "lib/gates/page-scope";
import { pageTime } from "lib/gates/page-time";
import { may } from "lib/scope/scope";
import { listUsers } from "lib/users/list-users";
import { countInWords, roles, userFilter } from "lib/users/schema";
import type { Metadata } from "next";
import { convertUsersAction, inviteUserAction } from "./actions";

export const metadata: Metadata = { title: "Users" };

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export default async function UsersPage({ searchParams }: Props) {
  const scope = await pageScope("user:read");
  const params = await searchParams;
  const filter = userFilter.parse(params);
  const [page, connections, time] = await Promise.all([listUsers(scope, filter), listChoices(scope), pageTime()]);
  const address = { path: "/users", params };
  const given = may(scope, "owner:manage") ? roles : roles.filter((role) => role !== "owner");
  return (
    <>
      <PageHeader
        title="Users"
        description="Everybody who can sign in to this organization, and who could before."
        actions={
          may(scope, "user:invite") ? (
            <InviteUser invite={inviteUserAction} roles={given} provisioned={provisionedDomains(connections)} />
          ) : (
            <ForbiddenAction needs="Admin" variant="primary">
              Add user
            </ForbiddenAction>
          )
        }
      />
      <UsersFilter address={address} filter={filter} connections={connections} />
      <HiddenPeople count={page.hidden} address={address} />
      {page.users.length > 0 ? (
        may(scope, "user:update") && page.users.some(isConvertible) ? (
          <BulkConvert provider="the identity provider" convert={convertUsersAction}>
            <UsersTable users={page.users} address={address} time={time} selectable />
          </BulkConvert>
        ) : (
          <UsersTable users={page.users} address={address} time={time} />
        )
      ) : page.total === 0 && Object.keys(params).length === 0 ? (
        <EmptyState title="No users yet">People appear here when they sign in, are provisioned or invited.</EmptyState>
      ) : (
        <NoMatches noun="users" path="/users" />
      )}
      <Pagination
        address={address}
        summary={countInWords(page.total, "user")}
        next={page.next}
        previous={page.previous}
      />
    </>
  );
}

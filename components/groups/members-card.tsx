import { Card } from "components/ui/card";
import { NoMatches } from "components/ui/empty-state";
import { FilterForm } from "components/ui/filter-form";
import { ForbiddenAction } from "components/ui/forbidden-action";
import type { ListAddress } from "components/ui/list-address";
import { Pagination } from "components/ui/pagination";
import { Table } from "components/ui/table";
import { TextLink } from "components/ui/text-link";
import { StatusBadge } from "components/users/user-badges";
import { countInWords, roleNames, type statusNames } from "lib/users/schema";
import type { ReactNode } from "react";
import type { ChangeMembers } from "./add-members";
import { RemoveMember } from "./remove-member";

type Role = keyof typeof roleNames;
type Member = {
  id: string;
  name: string;
  email: string;
  role: Role;
  status: keyof typeof statusNames;
  blockedAt: Date | null;
};

type MembersCardProps = {
  group: { id: string; name: string; members: number; local: boolean };
  page: { rows: readonly Member[]; total: number; next: string | null; previous: string | null };
  address: ListAddress;
  /** The search in force. */
  q: string;
  /** Absent: the members come from elsewhere. Null: this reader may not. */
  change?: ChangeMembers | null;
  /** The role that somebody of this page has without the group, where that is another one. */
  rolesWithout?: ReadonlyMap<string, Role>;
  actions?: ReactNode;
  /** What belongs to the list and is no person: nested groups, people who are awaited. */
  children?: ReactNode;
};

/** Who is in a group: searched and paged, whatever its size. */
export function MembersCard({ group, page, address, q, change, rolesWithout, actions, children }: MembersCardProps) {
  const remove = (person: Member) =>
    change ? (
      <RemoveMember group={group} person={person} roleWithout={rolesWithout?.get(person.id) ?? null} change={change} />
    ) : (
      <ForbiddenAction needs="Admin" size="small" aria-label={`Remove ${person.name}`}>
        Remove
      </ForbiddenAction>
    );
  return (
    <Card title="Members" actions={actions}>
      {group.members > 0 && <FilterForm address={address} search="Search members" />}
      {page.rows.length > 0 ? (
        <div>
          <Table
            caption="Members"
            rows={page.rows}
            rowKey={({ id }) => id}
            actions={change === undefined ? undefined : remove}
            columns={[
              {
                head: "Name",
                cell: (person) => (
                  <span className="flex min-w-0 flex-col">
                    <TextLink quiet href={`/users/${person.id}`} className="[overflow-wrap:anywhere]">
                      <bdi>{person.name}</bdi>
                    </TextLink>
                    {person.email !== person.name && (
                      <span className="font-normal text-muted [overflow-wrap:anywhere]">{person.email}</span>
                    )}
                  </span>
                ),
              },
              {
                head: "Status",
                cell: ({ status, blockedAt }) => <StatusBadge status={status} blocked={blockedAt !== null} />,
              },
              { head: "Role", cell: ({ role }) => roleNames[role] },
            ]}
          />
          <Pagination
            address={address}
            summary={countInWords(page.total, "member")}
            next={page.next}
            previous={page.previous}
          />
        </div>
      ) : q ? (
        <NoMatches noun="members" path={address.path} />
      ) : (
        <p className="text-muted">
          {group.local ? "Nobody is in this group yet. Add people of your organization." : "Nobody is in this group."}
        </p>
      )}
      {children}
    </Card>
  );
}

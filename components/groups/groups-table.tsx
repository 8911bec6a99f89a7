import type { ListAddress } from "components/ui/list-address";
import { Table } from "components/ui/table";
import { TextLink } from "components/ui/text-link";
import { Time } from "components/ui/time";
import { givenRoleNames, givenRoleOf } from "lib/groups/schema";
import { GroupSource } from "./group-badges";

export type GroupRow = {
  id: string;
  displayName: string;
  description: string;
  role: string | null;
  members: number;
  updatedAt: Date;
  directory: { enabled: boolean; connection: { name: string } } | null;
};

type GroupsTableProps = {
  groups: readonly GroupRow[];
  /** Pushed groups whose name a local one has. */
  clashing: ReadonlySet<string>;
  address: ListAddress;
  time: { now: Date; locale: string };
};

export function GroupsTable({ groups, clashing, address, time }: GroupsTableProps) {
  return (
    <Table
      caption="Groups"
      address={address}
      rows={groups}
      rowKey={(group) => group.id}
      columns={[
        {
          head: "Name",
          sortKey: "name",
          cell: (group) => (
            <span className="flex min-w-0 flex-col">
              <TextLink quiet href={`/groups/${group.id}`} className="[overflow-wrap:anywhere]">
                <bdi>{group.displayName}</bdi>
              </TextLink>
              {group.description && (
                <span className="line-clamp-1 font-normal text-muted [overflow-wrap:anywhere]">
                  {group.description}
                </span>
              )}
            </span>
          ),
        },
        {
          head: "Source",
          cell: ({ id, directory }) => (
            <span className="flex flex-wrap items-center gap-1.5 max-sm:justify-end">
              <GroupSource directory={directory} clash={clashing.has(id)} />
              {directory && <span className="text-subtle">{directory.connection.name}</span>}
            </span>
          ),
        },
        {
          head: "Members",
          align: "end",
          className: "tabular-nums",
          cell: (group) => new Intl.NumberFormat(time.locale).format(group.members),
        },
        { head: "Role it gives", cell: ({ role }) => roleInWords(role) },
        { head: "Last change", cell: (group) => <Time at={group.updatedAt} {...time} /> },
      ]}
    />
  );
}

/** "Admin", or that it gives none; a group never makes an owner. */
export function roleInWords(role: string | null): string {
  const given = givenRoleOf(role);
  return given ? givenRoleNames[given] : "None";
}

import { Badge } from "components/ui/badge";
import type { ListAddress } from "components/ui/list-address";
import { Table } from "components/ui/table";
import { TextLink } from "components/ui/text-link";
import { Time } from "components/ui/time";
import { RefreshCw } from "lucide-react";

type Row = {
  id: string;
  displayName: string;
  updatedAt: Date;
  directory: { connection: { name: string } } | null;
  _count: { members: number };
};

type GroupsTableProps = { groups: readonly Row[]; address: ListAddress; time: { now: Date; locale: string } };

export function GroupsTable({ groups, address, time }: GroupsTableProps) {
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
            <TextLink quiet href={`/groups/${group.id}`} className="[overflow-wrap:anywhere]">
              <bdi>{group.displayName}</bdi>
            </TextLink>
          ),
        },
        {
          head: "Source",
          cell: (group) => group.directory && <SyncedBadge connection={group.directory.connection.name} />,
        },
        { head: "Members", cell: (group) => new Intl.NumberFormat(time.locale).format(group._count.members) },
        { head: "Last change", cell: (group) => <Time at={group.updatedAt} {...time} /> },
      ]}
    />
  );
}

/** "Synced, from {connection}". */
export function SyncedBadge({ connection }: { connection: string }) {
  return (
    <Badge tone="info" icon={RefreshCw} more={`from ${connection}`}>
      Synced
    </Badge>
  );
}

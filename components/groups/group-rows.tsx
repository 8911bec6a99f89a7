"use client";
import type { ToldTime } from "components/ui/format-time";
import type { ListAddress } from "components/ui/list-address";
import { Table } from "components/ui/table";
import { TextLink } from "components/ui/text-link";
import { TimeText } from "components/ui/time";
import { GroupSource } from "./group-badges";

/** A group as the list tells of it. */
type Row = {
  id: string;
  displayName: string;
  description: string;
  directory?: { enabled: boolean; connection: { name: string } };
  clash?: boolean;
  members: string;
  role: string;
  changed: ToldTime;
};

/** Drawn from plain words: elements of a server component would each travel twice. */
export function GroupRows({ rows, address }: { rows: readonly Row[]; address: ListAddress }) {
  return (
    <Table
      caption="Groups"
      address={address}
      rows={rows}
      rowKey={(group) => group.id}
      columns={[
        {
          head: "Name",
          sortKey: "name",
          cell: ({ id, displayName, description }) => (
            <span className="flex min-w-0 flex-col">
              <TextLink quiet href={`/groups/${id}`} className="[overflow-wrap:anywhere]">
                <bdi>{displayName}</bdi>
              </TextLink>
              {description && (
                <span className="line-clamp-1 font-normal text-muted [overflow-wrap:anywhere]">{description}</span>
              )}
            </span>
          ),
        },
        {
          head: "Source",
          cell: ({ directory = null, clash = false }) => (
            <span className="flex flex-wrap items-center gap-1.5 max-sm:justify-end">
              <GroupSource directory={directory} clash={clash} />
              {directory && <span className="text-subtle">{directory.connection.name}</span>}
            </span>
          ),
        },
        { head: "Members", align: "end", className: "tabular-nums", cell: ({ members }) => members },
        { head: "Role it gives", cell: ({ role }) => role },
        { head: "Last change", cell: ({ changed }) => <TimeText {...changed} /> },
      ]}
    />
  );
}

import { tellTime } from "components/ui/format-time";
import type { ListAddress } from "components/ui/list-address";
import { givenRoleNames, givenRoleOf } from "lib/groups/schema";
import { GroupRows } from "./group-rows";

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

/** The list in words; only these go to the browser. */
export function GroupsTable({ groups, clashing, address, time }: GroupsTableProps) {
  const number = new Intl.NumberFormat(time.locale);
  return (
    <GroupRows
      address={address}
      rows={groups.map(({ id, displayName, description, role, members, updatedAt, directory }) => ({
        id,
        displayName,
        description,
        ...(directory && {
          directory: { enabled: directory.enabled, connection: { name: directory.connection.name } },
        }),
        ...(clashing.has(id) && { clash: true }),
        members: number.format(members),
        role: roleInWords(role),
        changed: tellTime({ at: updatedAt, ...time }),
      }))}
    />
  );
}

/** "Admin", or that it gives none; a group never makes an owner. */
export function roleInWords(role: string | null): string {
  const given = givenRoleOf(role);
  return given ? givenRoleNames[given] : "None";
}

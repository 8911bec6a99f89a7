import type { ListAddress } from "components/ui/list-address";
import { Table } from "components/ui/table";
import { TextLink } from "components/ui/text-link";
import { Time } from "components/ui/time";
import { methodNames, roleNames, type sourceNames, type statusNames } from "lib/users/schema";
import { SelectPerson } from "./bulk-convert";
import { SourceBadge, StatusBadge } from "./user-badges";

export type UserRow = {
  id: string;
  name: string;
  email: string;
  role: keyof typeof roleNames;
  status: keyof typeof statusNames;
  source: keyof typeof sourceNames;
  blockedAt: Date | null;
  blockedByName: string | null;
  lastSignInAt: Date | null;
  lastSignInMethod: string | null;
  connection: { name: string; provider: string; directory: { enabled: boolean } | null } | null;
  /** Null for whoever is in no directory, or was deleted by theirs. */
  directoryUser: { memberships: { group: { id: string; displayName: string } }[] } | null;
  localMembers: { group: { id: string; displayName: string } }[];
};

type UsersTableProps = {
  users: readonly UserRow[];
  address: ListAddress;
  time: { now: Date; locale: string };
  /** Inside BulkConvert: boxes before those who can be converted. */
  selectable?: boolean;
};

/** Managed by a directory that is off: nothing takes this person back by itself (DF-39). */
export const isConvertible = ({ source, connection }: UserRow) =>
  source === "scim" && !(connection?.directory?.enabled ?? false);

export function UsersTable({ users, address, time, selectable = false }: UsersTableProps) {
  return (
    <Table
      caption="Users"
      address={address}
      rows={users}
      rowKey={(user) => user.id}
      columns={[
        {
          head: "Name",
          sortKey: "name",
          cell: (user) => (
            <span className="flex min-w-0 items-start gap-1">
              {selectable && isConvertible(user) && <SelectPerson id={user.id} name={user.name} />}
              <span className="flex min-w-0 flex-col">
                <TextLink quiet href={`/users/${user.id}`} className="[overflow-wrap:anywhere]">
                  <bdi>{user.name}</bdi>
                </TextLink>
                {user.email !== user.name && (
                  <span className="font-normal text-muted [overflow-wrap:anywhere]">{user.email}</span>
                )}
              </span>
            </span>
          ),
        },
        {
          head: "Status",
          cell: (user) => (
            <StatusBadge status={user.status} blocked={user.blockedAt !== null} blockedByName={user.blockedByName} />
          ),
        },
        {
          head: "Source",
          cell: (user) => (
            <SourceBadge
              source={user.source}
              provider={user.connection?.provider}
              synchronized={!isConvertible(user) && user.directoryUser !== null}
            />
          ),
        },
        { head: "Groups", cell: (user) => groupsInWords(user) },
        { head: "Role", cell: (user) => roleNames[user.role] },
        {
          head: "Last sign-in",
          sortKey: "lastSignIn",
          cell: (user) =>
            user.lastSignInAt ? (
              <>
                <Time at={user.lastSignInAt} {...time} />
                <span className="text-subtle"> · {methodNames[user.lastSignInMethod ?? ""] ?? "Sign-in"}</span>
              </>
            ) : (
              "Never signed in"
            ),
        },
      ]}
    />
  );
}

/** Two names and that there are more, as far as the row knows: it holds three of either kind at most. */
function groupsInWords({ directoryUser, localMembers }: UserRow): string {
  const names = [...(directoryUser?.memberships ?? []), ...localMembers].map(({ group }) => group.displayName);
  if (names.length === 0) return "None";
  return names.length > 2 ? `${names.slice(0, 2).join(", ")} and more` : names.join(", ");
}

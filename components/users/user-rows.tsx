"use client";
import type { ToldTime } from "components/ui/format-time";
import type { ListAddress } from "components/ui/list-address";
import { Table } from "components/ui/table";
import { TextLink } from "components/ui/text-link";
import { TimeText } from "components/ui/time";
import { SelectPerson } from "./bulk-convert";
import { SourceBadge, StatusBadge } from "./user-badges";

/** A person as the list tells of them. */
type Row = {
  id: string;
  name: string;
  email?: string;
  status: "active" | "invited" | "deactivated";
  blocked?: boolean;
  blockedByName?: string | null;
  source: "scim" | "sso" | "manual";
  provider?: string;
  synchronized?: boolean;
  selectable?: boolean;
  groups: string;
  role: string;
  lastSignIn?: ToldTime;
  method?: string;
};

/** Drawn from plain words: elements of a server component would each travel twice. */
export function UserRows({ rows, address }: { rows: readonly Row[]; address: ListAddress }) {
  return (
    <Table
      caption="Users"
      address={address}
      rows={rows}
      rowKey={(user) => user.id}
      columns={[
        {
          head: "Name",
          sortKey: "name",
          cell: ({ id, name, email, selectable }) => (
            <span className="flex min-w-0 items-start gap-1">
              {selectable && <SelectPerson id={id} name={name} />}
              <span className="flex min-w-0 flex-col">
                <TextLink quiet href={`/users/${id}`} className="[overflow-wrap:anywhere]">
                  <bdi>{name}</bdi>
                </TextLink>
                {email && <span className="font-normal text-muted [overflow-wrap:anywhere]">{email}</span>}
              </span>
            </span>
          ),
        },
        {
          head: "Status",
          cell: ({ status, blocked, blockedByName }) => (
            <StatusBadge status={status} blocked={blocked} blockedByName={blockedByName} />
          ),
        },
        {
          head: "Source",
          cell: ({ source, provider, synchronized }) => (
            <SourceBadge source={source} provider={provider} synchronized={synchronized} />
          ),
        },
        { head: "Groups", cell: ({ groups }) => groups },
        { head: "Role", cell: ({ role }) => role },
        {
          head: "Last sign-in",
          sortKey: "lastSignIn",
          cell: ({ lastSignIn, method }) =>
            lastSignIn ? (
              <>
                <TimeText {...lastSignIn} />
                <span className="text-subtle"> · {method}</span>
              </>
            ) : (
              "Never signed in"
            ),
        },
      ]}
    />
  );
}

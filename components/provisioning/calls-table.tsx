import { Table } from "components/ui/table";
import { TextLink } from "components/ui/text-link";
import { Time } from "components/ui/time";
import { CallStatus } from "./call-status";

export type CallEntry = {
  id: string;
  at: Date;
  summary: string;
  person: string | null;
  userId: string | null;
  groupId: string | null;
  status: number | null;
  durationMs: number | null;
  tokenName: string | null;
  remarked: boolean;
};

type CallsTableProps = { calls: readonly CallEntry[]; time: { now: Date; locale: string } };

/** Every request of the providers, in words, newest first. */
export function CallsTable({ calls, time }: CallsTableProps) {
  return (
    <Table
      caption="SCIM requests"
      rows={calls}
      rowKey={({ id }) => id}
      columns={[
        {
          head: "What happened",
          cell: ({ id, summary, remarked }) => (
            <span className="flex max-w-140 min-w-0 flex-col items-start gap-0.5">
              <TextLink quiet href={`/provisioning/${id}`} className="line-clamp-2 [overflow-wrap:anywhere]">
                <bdi>{summary}</bdi>
              </TextLink>
              {remarked && <span className="font-normal text-caption text-warn">Something stands out</span>}
            </span>
          ),
        },
        { head: "Person or group", cell: (call) => <Subject {...call} /> },
        { head: "Status", cell: ({ status }) => <CallStatus status={status} /> },
        {
          head: "Took",
          align: "end",
          className: "sm:whitespace-nowrap tabular-nums",
          cell: ({ durationMs }) => (durationMs === null ? "" : `${durationMs} ms`),
        },
        { head: "Token", cell: ({ tokenName }) => <bdi>{tokenName || "Unknown"}</bdi> },
        { head: "Time", className: "sm:whitespace-nowrap", cell: ({ at }) => <Time at={at} {...time} /> },
      ]}
    />
  );
}

function Subject({ person, userId, groupId }: Pick<CallEntry, "person" | "userId" | "groupId">) {
  const href = userId ? `/users/${userId}` : groupId ? `/groups/${groupId}` : null;
  if (!person && !href) return <span className="text-subtle">–</span>;
  const name = <bdi>{person ?? "Open"}</bdi>;
  return href ? (
    <TextLink quiet href={href}>
      {name}
    </TextLink>
  ) : (
    name
  );
}

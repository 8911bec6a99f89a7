import { Table } from "components/ui/table";
import { TextLink } from "components/ui/text-link";
import { Time } from "components/ui/time";
import { type Outcome, OutcomeBadge } from "./outcome-badge";

export type AttemptRow = {
  id: string;
  at: Date;
  reference: string;
  person: string | null;
  connection: { id: string; name: string } | null;
  outcome: Outcome;
  /** Why it was refused. */
  cause: string | null;
};

type ActivityTableProps = { attempts: readonly AttemptRow[]; time: { now: Date; locale: string } };

/** Every attempt to sign in through a connection, newest first. */
export function ActivityTable({ attempts, time }: ActivityTableProps) {
  return (
    <Table
      caption="Sign-in attempts"
      rows={attempts}
      rowKey={({ id }) => id}
      columns={[
        {
          head: "Person",
          cell: (attempt) => (
            <TextLink quiet href={`/activity/${attempt.id}`} className="[overflow-wrap:anywhere]">
              <bdi>{attempt.person ?? "Unknown"}</bdi>
            </TextLink>
          ),
        },
        {
          head: "Outcome",
          className: "max-sm:flex-col max-sm:items-start max-sm:gap-1",
          cell: ({ outcome, cause }) => (
            <span className="flex min-w-0 flex-col items-start gap-1 text-start">
              <OutcomeBadge outcome={outcome} />
              {cause && <span className="line-clamp-2 max-w-96">{cause}</span>}
            </span>
          ),
        },
        {
          head: "Connection",
          cell: ({ connection }) =>
            connection ? (
              <TextLink quiet href={`/connections/${connection.id}`}>
                <bdi>{connection.name}</bdi>
              </TextLink>
            ) : (
              "Deleted"
            ),
        },
        {
          head: "Reference",
          cell: ({ reference }) => <span className="font-mono whitespace-nowrap">{reference}</span>,
        },
        { head: "Time", className: "sm:whitespace-nowrap", cell: ({ at }) => <Time at={at} {...time} /> },
      ]}
    />
  );
}

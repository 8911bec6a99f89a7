"use client";
import type { ToldTime } from "components/ui/format-time";
import { Table } from "components/ui/table";
import { TextLink } from "components/ui/text-link";
import { TimeText } from "components/ui/time";
import { CallStatus } from "./call-status";

/** A request as the log tells of it. */
type Row = {
  id: string;
  summary: string;
  person: string | null;
  /** The page of whom it was about. */
  subject: string | null;
  status: number | null;
  took: string;
  token: string;
  remarked?: boolean;
  time: ToldTime;
};

/** Drawn from plain words: elements of a server component would each travel twice. */
export function CallRows({ rows }: { rows: readonly Row[] }) {
  return (
    <Table
      caption="SCIM requests"
      rows={rows}
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
        { head: "Took", align: "end", className: "sm:whitespace-nowrap tabular-nums", cell: ({ took }) => took },
        { head: "Token", cell: ({ token }) => <bdi>{token}</bdi> },
        { head: "Time", className: "sm:whitespace-nowrap", cell: ({ time }) => <TimeText {...time} /> },
      ]}
    />
  );
}

function Subject({ person, subject }: Pick<Row, "person" | "subject">) {
  if (!person && !subject) return <span className="text-subtle">–</span>;
  const name = <bdi>{person ?? "Open"}</bdi>;
  return subject ? (
    <TextLink quiet href={subject}>
      {name}
    </TextLink>
  ) : (
    name
  );
}

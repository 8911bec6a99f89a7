"use client";
import { Diff, type DiffRow } from "components/ui/diff";
import type { ToldTime } from "components/ui/format-time";
import { Table } from "components/ui/table";
import { TimeText } from "components/ui/time";
import { TargetName } from "./target-name";

/** An event as the log tells of it. */
type Row = {
  id: string;
  time: ToldTime;
  actor: string;
  actorKind: string;
  words: string;
  target?: { targetKind: string | null; targetId: string | null; targetName: string };
  changes: readonly DiffRow[];
  facts: readonly string[];
  outcome: string;
  address: string;
};

/** Nothing here can be changed. Drawn from plain words: elements of a server component would each travel twice. */
export function AuditRows({ rows }: { rows: readonly Row[] }) {
  return (
    <Table
      caption="Events"
      rows={rows}
      rowKey={({ id }) => id}
      columns={[
        { head: "Time", cell: ({ time }) => <TimeText {...time} /> },
        {
          head: "Who",
          cell: ({ actor, actorKind }) => (
            <>
              <bdi className="text-text">{actor}</bdi>
              <span className="text-subtle"> · {actorKind}</span>
            </>
          ),
        },
        {
          head: "What",
          cell: ({ words, target, changes, facts }) => (
            <div className="flex min-w-0 flex-col gap-1">
              <span className="[overflow-wrap:anywhere]">
                {words} {target && <TargetName {...target} />}
              </span>
              <Details changes={changes} facts={facts} />
            </div>
          ),
        },
        { head: "Outcome", cell: ({ outcome }) => outcome },
        { head: "Address", cell: ({ address }) => address },
      ]}
    />
  );
}

function Details({ changes, facts }: Pick<Row, "changes" | "facts">) {
  if (changes.length === 0 && facts.length === 0) return null;
  return (
    <details className="min-w-0">
      <summary className="cursor-pointer py-1 text-caption text-subtle">Details</summary>
      <div className="mt-2 flex min-w-0 flex-col gap-2 text-start">
        {changes.length > 0 && <Diff caption="What changed" rows={changes} />}
        {facts.length > 0 && (
          <ul className="text-caption text-subtle [overflow-wrap:anywhere]">
            {facts.map((fact) => (
              <li key={fact}>{fact}</li>
            ))}
          </ul>
        )}
      </div>
    </details>
  );
}

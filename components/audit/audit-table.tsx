import { Diff } from "components/ui/diff";
import { Table } from "components/ui/table";
import { TextLink } from "components/ui/text-link";
import { Time } from "components/ui/time";
import { actorKindNames } from "lib/audit/schema";

export type AuditEntry = {
  id: string;
  at: Date;
  words: string;
  outcome: string;
  actorKind: string;
  actorName: string;
  targetKind: string | null;
  targetId: string | null;
  targetName: string | null;
  payload: unknown;
  reference: string | null;
  clientAddress: string | null;
  userAgent: string | null;
};

type AuditTableProps = { events: readonly AuditEntry[]; time: { now: Date; locale: string } };

const outcomeNames: Record<string, string> = { done: "Done", unchanged: "Nothing changed", refused: "Refused" };

const pages: Record<string, string> = {
  user: "/users",
  group: "/groups",
  domain: "/domains",
  connection: "/connections",
};

/** The log: who did what to whom, and with what before and after. Nothing here can be changed. */
export function AuditTable({ events, time }: AuditTableProps) {
  return (
    <Table
      caption="Events"
      rows={events}
      rowKey={(event) => event.id}
      columns={[
        { head: "Time", cell: (event) => <Time at={event.at} form="log" {...time} /> },
        {
          head: "Who",
          cell: (event) => (
            <>
              <bdi className="text-text">{event.actorName}</bdi>
              <span className="text-subtle"> · {actorKindNames[event.actorKind] ?? event.actorKind}</span>
            </>
          ),
        },
        {
          head: "What",
          cell: (event) => (
            <div className="flex min-w-0 flex-col gap-1">
              <span className="[overflow-wrap:anywhere]">
                {event.words} <TargetName {...event} />
              </span>
              <Details event={event} />
            </div>
          ),
        },
        { head: "Outcome", cell: (event) => outcomeNames[event.outcome] ?? event.outcome },
        { head: "Address", cell: (event) => event.clientAddress ?? "None" },
      ]}
    />
  );
}

/** What an event was about, as a link where it has a page. */
export function TargetName({
  targetKind,
  targetId,
  targetName,
}: Pick<AuditEntry, "targetKind" | "targetId" | "targetName">) {
  if (!targetName) return null;
  const path = pages[targetKind ?? ""];
  return path && targetId ? (
    <TextLink href={`${path}/${targetId}`}>
      <bdi>{targetName}</bdi>
    </TextLink>
  ) : (
    <bdi className="text-text">{targetName}</bdi>
  );
}

/** Folded: the change as before and after, the other facts, reference and user agent. */
function Details({ event }: { event: AuditEntry }) {
  const { before, after, changes, ...facts } = event.payload as Record<string, unknown>;
  const change = (changes ?? { before, after }) as { before?: unknown; after?: unknown };
  const rows = diffRows(change.before, change.after);
  const lines = [
    ...Object.entries(facts).map(([name, value]) => `${name}: ${text(value)}`),
    ...(event.reference ? [`Reference ${event.reference}`] : []),
    ...(event.userAgent ? [event.userAgent] : []),
  ];
  if (rows.length === 0 && lines.length === 0) return null;
  return (
    <details className="min-w-0">
      <summary className="cursor-pointer py-1 text-caption text-subtle">Details</summary>
      <div className="mt-2 flex min-w-0 flex-col gap-2 text-start">
        {rows.length > 0 && <Diff caption="What changed" rows={rows} />}
        {lines.length > 0 && (
          <ul className="text-caption text-subtle [overflow-wrap:anywhere]">
            {lines.map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ul>
        )}
      </div>
    </details>
  );
}

const text = (value: unknown): string =>
  value === null || value === undefined || value === ""
    ? "none"
    : typeof value === "object"
      ? JSON.stringify(value)
      : String(value);

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

function diffRows(before: unknown, after: unknown) {
  if (!isRecord(before) && !isRecord(after)) {
    return before === undefined && after === undefined
      ? []
      : [{ field: "value", before: text(before), after: text(after) }];
  }
  const [old, next] = [isRecord(before) ? before : {}, isRecord(after) ? after : {}];
  return [...new Set([...Object.keys(old), ...Object.keys(next)])].map((field) => ({
    field,
    before: text(old[field]),
    after: text(next[field]),
  }));
}

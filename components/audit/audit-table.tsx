import { tellTime } from "components/ui/format-time";
import { type AuditRow, actorKindNames } from "lib/audit/schema";
import { AuditRows } from "./audit-rows";

/** An event with its action in words. */
export type AuditEntry = Omit<AuditRow, "action"> & { words: string };

type AuditTableProps = { events: readonly AuditEntry[]; time: { now: Date; locale: string } };

const outcomeNames: Record<string, string> = { done: "Done", unchanged: "Nothing changed", refused: "Refused" };

/** The log in words: who did what to whom, and with what before and after; only these go to the browser. */
export function AuditTable({ events, time }: AuditTableProps) {
  return (
    <AuditRows
      rows={events.map((event) => ({
        id: event.id,
        time: tellTime({ at: event.at, form: "log", ...time }),
        actor: event.actorName,
        actorKind: actorKindNames[event.actorKind] ?? event.actorKind,
        words: event.words,
        ...(event.targetName && {
          target: { targetKind: event.targetKind, targetId: event.targetId, targetName: event.targetName },
        }),
        ...detailsOf(event),
        outcome: outcomeNames[event.outcome] ?? event.outcome,
        address: event.clientAddress ?? "None",
      }))}
    />
  );
}

/** What stands folded: the change as before and after, the other facts, reference and user agent. */
function detailsOf(event: AuditEntry) {
  const { before, after, changes, ...facts } = event.payload as Record<string, unknown>;
  const change = (changes ?? { before, after }) as { before?: unknown; after?: unknown };
  return {
    changes: diffRows(change.before, change.after),
    facts: [
      ...Object.entries(facts).map(([name, value]) => `${name}: ${text(value)}`),
      ...(event.reference ? [`Reference ${event.reference}`] : []),
      ...(event.userAgent ? [event.userAgent] : []),
    ],
  };
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

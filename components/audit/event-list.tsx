import { Time } from "components/ui/time";
import { actorKindNames } from "lib/audit/schema";
import type { AuditEntry } from "./audit-table";
import { TargetName } from "./target-name";

type EventListProps = {
  events: readonly Pick<
    AuditEntry,
    "id" | "at" | "words" | "actorKind" | "actorName" | "targetKind" | "targetId" | "targetName"
  >[];
  time: { now: Date; locale: string };
};

/** A few events in short: who did what to whom, and when. */
export function EventList({ events, time }: EventListProps) {
  return (
    <ul className="flex flex-col divide-y">
      {events.map((event) => (
        <li key={event.id} className="flex flex-wrap justify-between gap-x-6 gap-y-0.5 py-2 first:pt-0 last:pb-0">
          <span className="min-w-0 flex-1 basis-64 [overflow-wrap:anywhere]">
            <bdi className="font-medium">{event.actorName}</bdi>{" "}
            <span className="sr-only">({actorKindNames[event.actorKind] ?? event.actorKind})</span> {event.words}{" "}
            <TargetName {...event} />
          </span>
          <span className="text-small text-muted">
            <Time at={event.at} {...time} />
          </span>
        </li>
      ))}
    </ul>
  );
}

import { absoluteTime, dateOnly, relativeTime, type TimePlace } from "./format-time";

export type TimeProps = TimePlace & {
  at: Date | string;
  /** The server's present; formatted there, so the browser has nothing to disagree with. */
  now: Date;
  /** auto: relative under 7 days; log: always absolute with seconds; date: the day alone. */
  form?: "auto" | "log" | "date";
};

/** A point in time; where it is told relative, the exact one is its tooltip and description. */
export function Time({ at, now, form = "auto", ...place }: TimeProps) {
  const date = new Date(at);
  const exact = absoluteTime(date, place, true);
  const relative = form === "auto" ? relativeTime(date, now, place.locale) : null;
  return (
    <time dateTime={date.toISOString()} title={form === "log" ? undefined : exact} className="tabular-nums">
      {form === "log" ? exact : form === "date" ? dateOnly(date, place) : (relative ?? absoluteTime(date, place))}
    </time>
  );
}

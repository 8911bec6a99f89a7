export type TimePlace = {
  /** The reader's: an en-* of Accept-Language. */
  locale?: string;
  /** IANA name. */
  zone?: string;
};

const units = [
  ["day", 86_400],
  ["hour", 3_600],
  ["minute", 60],
  ["second", 1],
] as const;

const week = 7 * 86_400;

/** "3 minutes ago", "in 2 hours"; null from 7 days on, where a date says more. */
export function relativeTime(at: Date, now: Date, locale = "en-GB"): string | null {
  const seconds = Math.round((at.getTime() - now.getTime()) / 1000);
  if (Math.abs(seconds) >= week) return null;
  const [unit, length] = units.find(([, size]) => Math.abs(seconds) >= size) ?? units[3];
  if (Math.abs(seconds) < 5) return "just now";
  return new Intl.RelativeTimeFormat(locale, { numeric: "always" }).format(Math.trunc(seconds / length), unit);
}

/** "12 March 2035, 14:05 GMT"; logs want seconds too. */
export function absoluteTime(at: Date, { locale = "en-GB", zone = "UTC" }: TimePlace = {}, seconds = false): string {
  return new Intl.DateTimeFormat(locale, {
    day: "numeric",
    month: "long",
    year: "numeric",
    hour: "2-digit",
    minute: "2-digit",
    second: seconds ? "2-digit" : undefined,
    timeZone: zone,
    timeZoneName: "short",
  }).format(at);
}

/** "12 March 2035". */
export const dateOnly = (at: Date, { locale = "en-GB", zone = "UTC" }: TimePlace = {}): string =>
  new Intl.DateTimeFormat(locale, { day: "numeric", month: "long", year: "numeric", timeZone: zone }).format(at);

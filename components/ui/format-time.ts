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
  return relativeFormat(locale).format(Math.trunc(seconds / length), unit);
}

/** "12 March 2035, 14:05 GMT"; logs want seconds too. */
export const absoluteTime = (at: Date, { locale = "en-GB", zone = "UTC" }: TimePlace = {}, seconds = false): string =>
  dateFormat(locale, zone, seconds ? "seconds" : "minutes").format(at);

/** "12 March 2035". */
export const dateOnly = (at: Date, { locale = "en-GB", zone = "UTC" }: TimePlace = {}): string =>
  dateFormat(locale, zone, "days").format(at);

/** A point in time as a page tells of it, formatted on the server. */
export type ToldTime = { iso: string; text: string; exact?: string };

export type TimeProps = TimePlace & {
  at: Date | string;
  /** The server's present; formatted there, so the browser has nothing to disagree with. */
  now: Date;
  /** auto: relative under 7 days; log: always absolute with seconds; date: the day alone. */
  form?: "auto" | "log" | "date";
};

/** Where it is told relative or without its seconds, the exact one is beside it. */
export function tellTime({ at, now, form = "auto", ...place }: TimeProps): ToldTime {
  const date = new Date(at);
  const iso = date.toISOString();
  const exact = absoluteTime(date, place, true);
  if (form === "log") return { iso, text: exact };
  if (form === "date") return { iso, text: dateOnly(date, place), exact };
  return { iso, text: relativeTime(date, now, place.locale) ?? absoluteTime(date, place), exact };
}

const dayFields = { day: "numeric", month: "long", year: "numeric" } as const;
const minuteFields = { ...dayFields, hour: "2-digit", minute: "2-digit", timeZoneName: "short" } as const;
const fields = { days: dayFields, minutes: minuteFields, seconds: { ...minuteFields, second: "2-digit" } } as const;

// Making a formatter costs as much as a hundred uses of it.
const dateFormat = remembered(
  (locale, zone, precision) =>
    new Intl.DateTimeFormat(locale, { ...fields[precision as keyof typeof fields], timeZone: zone }),
);
const relativeFormat = remembered((locale) => new Intl.RelativeTimeFormat(locale, { numeric: "always" }));

const mostRemembered = 100;
function remembered<Format>(make: (...words: string[]) => Format) {
  const made = new Map<string, Format>();
  return (...words: string[]): Format => {
    const key = words.join();
    const format = made.get(key) ?? make(...words);
    // The locale is the reader's word: nobody fills the memory with new ones.
    if (made.size >= mostRemembered) made.clear();
    made.set(key, format);
    return format;
  };
}

const pattern = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:\.(\d{1,9}))?(Z|[+-]\d\d:\d\d)$/;

/** An xs:dateTime with a zone (SAML core 1.3.3), or null: without one nobody knows which moment is meant. */
export function readTime(text: string): Date | null {
  const match = pattern.exec(text);
  if (!match) return null;
  const [, year, month, day, hour, minute, second, fraction = "", zone = "Z"] = match;
  const local = new Date(`${year}-${month}-${day}T${hour}:${minute}:${second}.${fraction.padEnd(3, "0").slice(0, 3)}Z`);
  // The clock of Date rolls 30 February and 24:00 over into the next day; such a day was never meant.
  if (Number.isNaN(local.getTime()) || local.getUTCDate() !== Number(day) || local.getUTCHours() !== Number(hour)) {
    return null;
  }
  if (zone === "Z") return local;
  const [hours, minutes] = [Number(zone.slice(1, 3)), Number(zone.slice(4))];
  if (hours > 14 || minutes > 59) return null;
  return new Date(local.getTime() - (zone[0] === "-" ? -1 : 1) * (hours * 60 + minutes) * 60_000);
}

import "server-only";

/**
 * What was said on the wire, fit for a column of text or JSON: PostgreSQL keeps neither NUL nor half a character (a cut
 * can leave one), and the record of a bad message must not fail because of what makes it bad.
 */
export const storable = <T>(value: T): T => cleaned(value) as T;

const cleanText = (text: string) => text.replace(/[\0\p{Cs}]/gu, "\ufffd");

function cleaned(value: unknown): unknown {
  if (typeof value === "string") return cleanText(value);
  if (Array.isArray(value)) return value.map(cleaned);
  if (typeof value !== "object" || value === null || value instanceof Date) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [cleanText(key), cleaned(inner)]));
}

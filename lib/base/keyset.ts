import "server-only";
import { type Place, readCursor, writeCursor } from "./page-cursor";

type PageRequest = { size: number; after?: string; before?: string };
export type Keyset = { place: Place | null; step: "gt" | "lt"; direction: "asc" | "desc"; take: number };
export type Page<Row> = { rows: Row[]; next: string | null; previous: string | null };

/** How to ask for one page of a list that is ordered by a key and the id: one row more than the page holds. */
export function keysetOf({ size, after, before }: PageRequest, descending: boolean): Keyset {
  const backwards = before !== undefined;
  const direction = descending !== backwards ? "desc" : "asc";
  return { place: readCursor(before ?? after), direction, step: direction === "asc" ? "gt" : "lt", take: size + 1 };
}

/** Cuts what was found to the page and makes the cursors of its neighbours. */
export function pageOf<Row>(
  found: Row[],
  { size, before }: PageRequest,
  place: Place | null,
  placeOf: (row: Row) => Place,
): Page<Row> {
  const backwards = before !== undefined;
  const more = found.length > size;
  const cut = found.slice(0, size);
  const rows = backwards ? cut.reverse() : cut;
  const cursor = (row: Row | undefined) => (row === undefined ? null : writeCursor(placeOf(row)));
  const hasNext = backwards ? place !== null : more;
  const hasPrevious = backwards ? more : place !== null;
  return { rows, next: hasNext ? cursor(rows.at(-1)) : null, previous: hasPrevious ? cursor(rows[0]) : null };
}

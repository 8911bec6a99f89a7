import "server-only";
import { Prisma } from "prisma/client/client";

/** Values by column. What is undefined is no column; names come from code, never from a request. */
export type Columns = Record<string, unknown>;

const present = (columns: Columns) => Object.keys(columns).filter((name) => columns[name] !== undefined);
const list = (names: string[]) => Prisma.raw(names.map((name) => `"${name}"`).join(", "));

/**
 * An INSERT of rows; what one of them lacks is null in it. They go as one JSON text: a call of Prisma's model costs four
 * times as much, and the statement is the same however many rows come, so that its plan is kept.
 */
export function insertInto(table: string, rows: Columns[]): Prisma.Sql {
  const names = list([...new Set(rows.flatMap(present))]);
  const target = Prisma.raw(`"${table}"`);
  return Prisma.sql`
    INSERT INTO ${target} (${names})
    SELECT ${names} FROM json_populate_recordset(NULL::${target}, ${JSON.stringify(rows)}::json)`;
}

/** What stands in "ON CONFLICT ... DO UPDATE SET": these columns as the new row has them. */
export const replaced = (columns: Columns): Prisma.Sql =>
  Prisma.raw(
    present(columns)
      .map((name) => `"${name}" = excluded."${name}"`)
      .join(", "),
  );

/** What stands in "UPDATE ... SET"; PostgreSQL takes each value's type from its column, an object is JSON. */
export const assigned = (columns: Columns): Prisma.Sql =>
  Prisma.join(present(columns).map((name) => Prisma.sql`${list([name])} = ${asParameter(columns[name])}`));

function asParameter(value: unknown): unknown {
  if (value instanceof Date) return value.toISOString();
  return typeof value === "object" && value !== null ? JSON.stringify(value) : value;
}

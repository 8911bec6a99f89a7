import "server-only";
import type { Operator } from "lib/protocol/scim/filter";
import { Prisma } from "prisma/client/client";
import { isId } from "./stored-user";

/**
 * A filter as far as SQL can say it. `sql` holds for every record that fits (null: it says nothing); `exact`: for no
 * other; `indexed`: an index leads to the rows, so that the cost does not grow with the directory.
 */
export type Compiled = { sql: Prisma.Sql | null; exact: boolean; indexed: boolean };

type Comparison = { operator: Operator; value: string | boolean | number };
/** One attribute: a comparison, or null for `pr`. Answers null where SQL cannot say it. */
export type Leaf = (comparison: Comparison | null) => Compiled | null;

export const nothing: Compiled = { sql: Prisma.sql`FALSE`, exact: true, indexed: true };
export const unknown: Compiled = { sql: null, exact: false, indexed: false };

const signs = { eq: "=", gt: ">", ge: ">=", lt: "<", le: "<=" } as const;

const escaped = (text: string) => text.replace(/[\\%_]/g, "\\$&");

/** A comparison of a key column; wildcards in the value stand for themselves, order is by code point. */
export function compareText(column: Prisma.Sql, { operator, value }: Comparison): Prisma.Sql {
  const text = String(value);
  if (operator === "co") return Prisma.sql`${column} LIKE ${`%${escaped(text)}%`}`;
  if (operator === "sw") return Prisma.sql`${column} LIKE ${`${escaped(text)}%`}`;
  if (operator === "ew") return Prisma.sql`${column} LIKE ${`%${escaped(text)}`}`;
  return Prisma.sql`${column} COLLATE "C" ${Prisma.raw(signs[operator])} ${text}`;
}

export const exactly = (sql: Prisma.Sql, indexed: boolean): Compiled => ({ sql, exact: true, indexed });

/** A column that is never null and has an index for eq and sw. */
export const keyColumn =
  (column: Prisma.Sql): Leaf =>
  (comparison) =>
    comparison
      ? exactly(compareText(column, comparison), comparison.operator === "eq" || comparison.operator === "sw")
      : exactly(Prisma.sql`${column} <> ''`, false);

// A null must compare as false, else NOT would lose the record.
export const nullableColumn =
  (column: Prisma.Sql): Leaf =>
  (comparison) =>
    comparison
      ? exactly(
          Prisma.sql`(${column} IS NOT NULL AND ${compareText(column, comparison)})`,
          comparison.operator === "eq",
        )
      : exactly(Prisma.sql`${column} IS NOT NULL`, false);

/** A column that is empty where nothing is said, which no comparison fits. */
export const filledColumn =
  (column: Prisma.Sql): Leaf =>
  (comparison) => {
    const compiled = keyColumn(column)(comparison);
    return compiled && comparison ? { ...compiled, sql: Prisma.sql`(${column} <> '' AND ${compiled.sql})` } : compiled;
  };

export const idColumn =
  (column: Prisma.Sql): Leaf =>
  (comparison) => {
    if (!comparison) return exactly(Prisma.sql`TRUE`, false);
    if (comparison.operator !== "eq") return exactly(compareText(Prisma.sql`${column}::text`, comparison), false);
    const id = String(comparison.value);
    return isId(id) ? exactly(Prisma.sql`${column} = ${id}::uuid`, true) : nothing;
  };

const instantColumn =
  (column: Prisma.Sql): Leaf =>
  (comparison) => {
    if (!comparison) return exactly(Prisma.sql`TRUE`, false);
    const { operator, value } = comparison;
    if (typeof value !== "number" || !(operator in signs)) return null;
    const sign = Prisma.raw(signs[operator as keyof typeof signs]);
    // Nothing is older than 1970, and PostgreSQL has no year 0.
    return exactly(Prisma.sql`${column} ${sign} ${new Date(Math.max(0, value))}`, true);
  };

export const flagColumn =
  (column: Prisma.Sql): Leaf =>
  (comparison) =>
    comparison
      ? exactly(Prisma.sql`${column} = ${comparison.value === true}`, false)
      : exactly(Prisma.sql`TRUE`, false);

/** What is the same for every record of a list: a search at the root tells the two types apart by it. */
export const constant =
  (text: string): Leaf =>
  (comparison) =>
    exactly(comparison ? compareText(Prisma.sql`${text}::text`, comparison) : Prisma.sql`TRUE`, false);

/** Of users and groups alike; `d` is the directory's table. */
export const commonColumns: Record<string, Leaf> = {
  id: idColumn(Prisma.sql`d.id`),
  externalId: nullableColumn(Prisma.sql`d."externalId"`),
  "meta.created": instantColumn(Prisma.sql`d."createdAt"`),
  "meta.lastModified": instantColumn(Prisma.sql`d."updatedAt"`),
};

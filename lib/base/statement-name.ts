import "server-only";
import { createHash } from "node:crypto";
import { Prisma } from "prisma/client/client";

const usesBeforeNamed = 20;
const mostNames = 200;
/** Longer ones are made of a request's own lists and filters: they rarely come again, and keeping them costs memory. */
const longestText = 8_192;

const marker = "/* planned anew */";

/**
 * Stands in a statement over many rows. A plan that was kept while tables were small may join each of 10,000 ids with
 * each of 10,000 rows; planned anew for what it is given, which costs nothing beside such work, it never does.
 */
export const plannedAnew = Prisma.raw(marker);

const longList = 100;
/** The same where a list decides how many rows they are. */
export const plannedFor = ({ length }: { length: number }): Prisma.Sql =>
  length > longList ? plannedAnew : Prisma.empty;

const uses = new Map<string, number>();
const names = new Map<string, string>();

/**
 * A name for a statement that comes often, so that PostgreSQL keeps its plan (planning costs more than a look-up by
 * key); empty, which is none, for all others, since each connection keeps what was ever named. The name is made of the
 * text: behind a connection pooler another process may have named statements on the same connection.
 */
export function statementName({ sql }: { sql: string }): string {
  if (sql.length > longestText || sql.includes(marker)) return "";
  const known = names.get(sql);
  if (known || names.size >= mostNames) return known ?? "";
  const count = (uses.get(sql) ?? 0) + 1;
  if (count >= usesBeforeNamed) {
    uses.delete(sql);
    const name = `s_${createHash("sha256").update(sql).digest("hex").slice(0, 32)}`;
    names.set(sql, name);
    return name;
  }
  // Filters make ever new statements: the counts start anew before they fill the memory.
  if (uses.size >= 10 * mostNames) uses.clear();
  uses.set(sql, count);
  return "";
}

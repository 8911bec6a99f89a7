import "server-only";
import { createHash } from "node:crypto";

const usesBeforeNamed = 20;
const mostNames = 200;
/** Longer ones are made of a request's own lists and filters: they rarely come again, and keeping them costs memory. */
const longestText = 8_192;

const uses = new Map<string, number>();
const names = new Map<string, string>();

/**
 * A name for a statement that comes often, so that PostgreSQL keeps its plan (planning costs more than a look-up by
 * key); empty, which is none, for all others, since each connection keeps what was ever named. The name is made of the
 * text: behind a connection pooler another process may have named statements on the same connection.
 */
export function statementName({ sql }: { sql: string }): string {
  if (sql.length > longestText) return "";
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

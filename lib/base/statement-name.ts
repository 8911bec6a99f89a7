import "server-only";

const usesBeforeNamed = 20;
const mostNames = 200;

const uses = new Map<string, number>();
const names = new Map<string, string>();

/**
 * A name for a statement that comes often, so that PostgreSQL keeps its plan (planning costs more than a look-up by
 * key); empty, which is none, for all others, since each connection keeps what was ever named.
 */
export function statementName({ sql }: { sql: string }): string {
  const known = names.get(sql);
  if (known || names.size >= mostNames) return known ?? "";
  const count = (uses.get(sql) ?? 0) + 1;
  if (count >= usesBeforeNamed) {
    uses.delete(sql);
    names.set(sql, `s${names.size}`);
    return names.get(sql) ?? "";
  }
  // Filters make ever new statements: the counts start anew before they fill the memory.
  if (uses.size >= 10 * mostNames) uses.clear();
  uses.set(sql, count);
  return "";
}

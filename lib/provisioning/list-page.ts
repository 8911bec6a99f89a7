import "server-only";
import { isPastTimeLimit, readQuery, readSnapshot, readWithin } from "lib/base/db";
import { evaluate } from "lib/protocol/scim/evaluate";
import type { Filter } from "lib/protocol/scim/filter";
import type { JsonObject } from "lib/protocol/scim/json";
import type { ResourceType } from "lib/protocol/scim/schema";
import { Prisma } from "prisma/client/client";
import { compileFilter } from "./compile-filter";
import type { ScimCall } from "./scim-call";
import { fail } from "./scim-error";
import { ofDirectory } from "./stored-user";

/** What a list reads: `d` is the directory's table, `tables` joins to it what the columns need. */
export type Source<Row> = {
  resource: ResourceType;
  table: Prisma.Sql;
  tables: Prisma.Sql;
  columns: Prisma.Sql;
  /** The columns with everything that a filter may ask about. */
  wholeColumns: Prisma.Sql;
  /** The record as it is answered, for conditions that only the kernel can judge. */
  render: (row: Row) => JsonObject;
  /** How many whole rows may lie in memory at once while they are judged. */
  slice: number;
  /** More rows than the directory's own: which in all, and how many beside those that counters know. */
  wider?: { rows: Prisma.Sql; others: Prisma.Sql } | undefined;
};

/** `joined`: the order needs the joined tables. */
export type Order = { sql: Prisma.Sql; joined: boolean };
export type PageQuery = { filter: Filter | null; order: Order; startIndex: number; count: number };
export type Page<Row> = { rows: Row[]; total: number };

/** Conditions on documents are evaluated in this process, over so many records at most. */
const mostEvaluated = 5_000;
/** What a search that no index answers costs in the rate beyond its one point, and how long it may take. */
const heavyPoints = 9;
const heavyMs = 5_000;

export type Read = <R>(statement: Prisma.Sql) => Promise<R[]>;

const cure = "Add a condition on userName, externalId or id.";

/** Several pages of one snapshot. */
export const readPages = <T>(work: (snapshot: Read) => Promise<T>): Promise<T> =>
  endedInTime(() => readSnapshot(heavyMs, work));

/** One page by ordinal (RFC 7644 3.4.2.4), with a total of the same snapshot, or of the one given. */
export async function readPage<Row extends { id: string }>(
  call: ScimCall,
  source: Source<Row>,
  query: PageQuery,
  snapshot?: Read,
): Promise<Page<Row>> {
  const all = source.wider?.rows ?? ofDirectory(call);
  if (!query.filter) {
    return readDirectly(source, query, all, { total: counted(call, source), read: snapshot ?? readQuery });
  }
  const place = { orgId: call.scope.orgId, directoryId: call.directory.id };
  const { sql, exact, indexed } = compileFilter(source.resource, place, query.filter);
  const chargeHeavy = () => call.charge(heavyPoints);
  if (!indexed) chargeHeavy();
  const alone: Read = (statement) => (indexed ? readQuery(statement) : readWithin(heavyMs, statement));
  const condition = sql ? Prisma.sql`${all} AND ${sql}` : all;
  if (exact) {
    return endedInTime(() => readDirectly(source, query, condition, { total: null, read: snapshot ?? alone }));
  }
  const judge = (read: Read) =>
    evaluateCandidates(source, query, condition, { read, chargeHeavy: indexed ? chargeHeavy : () => undefined });
  return snapshot ? judge(snapshot) : readPages(judge);
}

/** A search that takes too long is the client's to narrow, not a database that is away. */
async function endedInTime<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    return isPastTimeLimit(error) ? refuseSlow() : Promise.reject(error);
  }
}

const refuseSlow = (): never =>
  fail(400, "tooMany", `This search took longer than ${heavyMs / 1_000} seconds and was ended. ${cure}`);

/** The size of the directory, kept in counters: nothing that grows with it is counted. */
const counted = (
  { scope, directory }: ScimCall,
  { resource, wider }: Pick<Source<unknown>, "resource" | "wider">,
) => Prisma.sql`
  (SELECT coalesce(sum(c.total), 0)::int FROM "DirectoryCounter" c
    WHERE c."orgId" = ${scope.orgId}::uuid AND c."directoryId" = ${directory.id}::uuid
      AND c.kind = ${resource === "User" ? "users" : "groups"}) ${wider ? Prisma.sql`+ ${wider.others}` : Prisma.empty}`;

/** The page's ids first, by an index alone where there is no filter, then the rows by their ids. */
async function readDirectly<Row extends { id: string }>(
  source: Source<Row>,
  { order, startIndex, count }: PageQuery,
  condition: Prisma.Sql,
  { total, read }: { total: Prisma.Sql | null; read: Read },
): Promise<Page<Row>> {
  const hits = Prisma.sql`${order.joined ? source.tables : source.table} WHERE ${condition}`;
  const rows = await read<Row & { total: number }>(Prisma.sql`
    SELECT page.total, ${source.columns}
      FROM (SELECT d."orgId", d.id, ${total ?? Prisma.sql`count(*) OVER ()::int`} AS total FROM ${hits}
             ORDER BY ${order.sql} OFFSET ${startIndex - 1} LIMIT ${count}) page, ${source.tables}
     WHERE d."orgId" = page."orgId" AND d.id = page.id
     ORDER BY ${order.sql}`);
  if (rows[0]) return { rows, total: rows[0].total };
  if (!total && startIndex === 1 && count > 0) return { rows, total: 0 };
  // Past the end, or none asked for: the total alone.
  const totals = total ? Prisma.sql`SELECT ${total} AS total` : Prisma.sql`SELECT count(*)::int AS total FROM ${hits}`;
  const [alone] = await read<{ total: number }>(totals);
  return { rows, total: alone?.total ?? 0 };
}

/**
 * The ids first, then the rows in slices, of which only those of the page are kept: a directory full of large records
 * takes no more memory than one slice.
 */
async function evaluateCandidates<Row extends { id: string }>(
  source: Source<Row>,
  { filter, order, startIndex, count }: PageQuery,
  condition: Prisma.Sql,
  { read, chargeHeavy }: { read: Read; chargeHeavy: () => void },
): Promise<Page<Row>> {
  const latest = performance.now() + heavyMs;
  const ids = await read<{ id: string }>(Prisma.sql`
    SELECT d.id FROM ${source.tables} WHERE ${condition} ORDER BY ${order.sql} LIMIT ${mostEvaluated + 1}`);
  if (ids.length > mostEvaluated) {
    const cause = `More than ${mostEvaluated.toLocaleString("en")} records must be read for this filter.`;
    fail(400, "tooMany", `${cause} ${cure}`);
  }
  // An index led here, but to many: that is work like a search without one.
  if (ids.length > source.slice) chargeHeavy();
  const rows: Row[] = [];
  let total = 0;
  for (let at = 0; at < ids.length; at += source.slice) {
    if (performance.now() > latest) refuseSlow();
    const slice = ids.slice(at, at + source.slice).map(({ id }) => id);
    const candidates = await read<Row>(Prisma.sql`
      SELECT ${source.wholeColumns} FROM ${source.tables}
       WHERE ${condition} AND d.id = ANY(${slice}::uuid[]) ORDER BY ${order.sql}`);
    for (const row of candidates) {
      if (filter && !evaluate(filter, source.render(row))) continue;
      total++;
      if (total >= startIndex && rows.length < count) rows.push(row);
    }
  }
  return { rows, total };
}

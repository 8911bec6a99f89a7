import "server-only";
import { firstIdAt } from "lib/base/crypto";
import { readQuery } from "lib/base/db";
import { keysetOf, type Page, pageOf } from "lib/base/keyset";
import type { OrgScope } from "lib/scope/scope";
import { Prisma } from "prisma/client/client";
import type { CallFilter, CallResult, Operation } from "./schema";

export type CallRow = {
  id: string;
  at: Date;
  reference: string;
  outcome: CallResult;
  operation: Operation;
  summary: string;
  person: string | null;
  userId: string | null;
  groupId: string | null;
  connectionId: string | null;
  status: number | null;
  durationMs: number | null;
  tokenName: string | null;
  remarked: boolean;
  code: string | null;
  method: string | null;
  path: string | null;
  dialect: string | null;
  clientAddress: string | null;
  userAgent: string | null;
};

const columns = Prisma.sql`
  e.id, e.at, e.reference, e.outcome, coalesce(e.operation, 'other') AS operation, e.summary, e.person, e."userId",
  e."groupId", e."connectionId", e.status, e."durationMs", e."tokenName", e.detail ? 'hints' AS remarked,
  e.code, e.method, e.path, e.dialect, e."clientAddress", e."userAgent"`;

const day = 24 * 3_600_000;

/** ids grow with time, so a day is a range of the key. Kinds and outcomes stand as words, for the partial indexes. */
function conditions(scope: OrgScope, filter: CallQuery): Prisma.Sql[] {
  const { operation, result, connection, user, group, from, to } = filter;
  return [
    Prisma.sql`e."orgId" = ${scope.orgId}::uuid AND e.kind = 'scim'`,
    ...(operation.length ? [Prisma.sql`e.operation = ANY(${operation}::text[])`] : []),
    ...(result === "failed" ? [Prisma.sql`e.outcome = 'failed'`] : []),
    ...(result === "succeeded" ? [Prisma.sql`e.outcome = 'succeeded'`] : []),
    ...(connection.length ? [Prisma.sql`e."connectionId" = ANY(${connection}::uuid[])`] : []),
    ...(user ? [Prisma.sql`e."userId" = ${user}::uuid`] : []),
    ...(group ? [Prisma.sql`e."groupId" = ${group}::uuid`] : []),
    ...(from ? [Prisma.sql`e.id >= ${firstIdAt(new Date(`${from}T00:00:00Z`))}::uuid`] : []),
    ...(to ? [Prisma.sql`e.id < ${firstIdAt(new Date(Date.parse(`${to}T00:00:00Z`) + day))}::uuid`] : []),
  ];
}

type CallQuery = Omit<CallFilter, "size" | "after" | "before"> & {
  size: number;
  after?: string | undefined;
  before?: string | undefined;
};

/** One page of the SCIM log, newest first. */
export async function listCalls(scope: OrgScope, filter: CallQuery): Promise<Page<CallRow>> {
  const { place, step, direction, take } = keysetOf(filter, true);
  const compare = Prisma.raw(step === "lt" ? "<" : ">");
  const where = [
    ...conditions(scope, filter),
    ...(place ? [Prisma.sql`e.id ${compare} ${place.id}::uuid`] : []),
    ...(filter.q ? [await named(scope, filter.q)] : []),
  ];
  const order = Prisma.raw(direction === "asc" ? "ASC" : "DESC");
  const found = filter.q ? await findSparse(where, order, take) : null;
  const rows =
    found ??
    (await readQuery<CallRow>(Prisma.sql`
      SELECT ${columns} FROM "Exchange" e WHERE ${Prisma.join(where, " AND ")} ORDER BY e.id ${order} LIMIT ${take}`));
  return pageOf(rows, filter, place, ({ id }) => ({ key: "", id }));
}

/** A search that finds no more than this is sorted; one that finds more meets a page's worth among the newest soon. */
const mostSorted = 1_000;

/** Whoever is searched for may have few calls, all of them old: without an order the name's own index leads. */
async function findSparse(where: Prisma.Sql[], order: Prisma.Sql, take: number): Promise<CallRow[] | null> {
  const hits = await readQuery<{ id: string }>(Prisma.sql`
    SELECT e.id FROM "Exchange" e WHERE ${Prisma.join(where, " AND ")} LIMIT ${mostSorted + 1}`);
  if (hits.length > mostSorted) return null;
  const ids = hits.map(({ id }) => id).sort();
  const ordered = order.sql === "DESC" ? ids.reverse() : ids;
  return readQuery<CallRow>(Prisma.sql`
    SELECT ${columns} FROM "Exchange" e
     WHERE ${where[0]} AND e.id = ANY(${ordered.slice(0, take)}::uuid[]) ORDER BY e.id ${order}`);
}

const mostNamed = 200;
/** One or two letters lead no index: they are looked for among so many of the newest calls. */
const newest = 5_000;

/** A part of the name of an account, or of what the provider calls it. */
async function named(scope: OrgScope, text: string): Promise<Prisma.Sql> {
  const part = `%${text.replace(/[\\%_]/g, "\\$&")}%`;
  const lower = part.toLowerCase();
  const people = await readQuery<{ id: string }>(Prisma.sql`
    SELECT u.id FROM "User" u WHERE u."orgId" = ${scope.orgId}::uuid
       AND (u."nameLower" LIKE ${lower} OR u."emailLower" LIKE ${lower}) LIMIT ${mostNamed}`);
  const ids = people.map(({ id }) => id);
  const isNamed = Prisma.sql`(e.person ILIKE ${part} OR e."userId" = ANY(${ids}::uuid[]))`;
  if (text.length > 2) return isNamed;
  return Prisma.sql`${isNamed} AND e.id >= coalesce(
    (SELECT n.id FROM "Exchange" n WHERE n."orgId" = ${scope.orgId}::uuid AND n.kind = 'scim'
      ORDER BY n.id DESC OFFSET ${newest} LIMIT 1), ${firstIdAt(new Date(0))}::uuid)`;
}

/** The call that people quote by its number: ours typed in whatever case, a proxy's as it is. */
export async function findCallByReference(scope: OrgScope, reference: string): Promise<{ id: string } | null> {
  const quoted = reference.trim();
  const [found] = await readQuery<{ id: string }>(Prisma.sql`
    SELECT e.id FROM "Exchange" e
     WHERE e."orgId" = ${scope.orgId}::uuid AND e.reference = ANY(${[quoted, quoted.toUpperCase()]}::text[]) AND e.kind = 'scim'
     ORDER BY e.id DESC LIMIT 1`);
  return found ?? null;
}

import "server-only";
import { Prisma } from "prisma/client/client";
import { AppError } from "./errors";
import { type Client, pool, prisma } from "./prisma";
import { statementName } from "./statement-name";

type ReadMethod =
  | "findUnique"
  | "findUniqueOrThrow"
  | "findFirst"
  | "findFirstOrThrow"
  | "findMany"
  | "count"
  | "aggregate"
  | "groupBy";

type ModelName = Exclude<Extract<keyof Client, string>, `$${string}`>;

/** Every model with its reading methods only; nothing that begins with $. */
export type ReadClient = { [M in ModelName]: Pick<Client[M], Extract<keyof Client[M], ReadMethod>> };

/** The database for reading. Writes go through `write` in lib/audit. */
export const db: ReadClient = new Proxy({} as ReadClient, {
  get: (_, model: string) => prisma()[model as ModelName],
});

/** A raw read as a tagged template; anything that is not one SELECT throws. */
export async function readSql<Row>(strings: TemplateStringsArray, ...values: unknown[]): Promise<Row[]> {
  return readQuery(Prisma.sql(strings as unknown as string[], ...values));
}

/** The same for a statement put together from Prisma.sql pieces. Past Prisma, which takes as long as PostgreSQL does. */
export async function readQuery<Row>(statement: Prisma.Sql): Promise<Row[]> {
  const { text, values } = checkedSelect(statement);
  const { rows } = await pool().query({ name: statementName({ sql: text }) || undefined, text, values });
  return rows;
}

/** The same with a shorter time limit of its own, for what no index answers. */
export const readWithin = <Row>(milliseconds: number, statement: Prisma.Sql): Promise<Row[]> =>
  readSnapshot(milliseconds, (read) => read<Row>(statement));

/** Several reads of one state of the database, each within a time limit. */
export async function readSnapshot<T>(
  milliseconds: number,
  work: (read: <Row>(statement: Prisma.Sql) => Promise<Row[]>) => Promise<T>,
): Promise<T> {
  const limit = `SET LOCAL statement_timeout = ${Math.floor(milliseconds)}`;
  return prisma().$transaction(
    async (tx) => {
      await tx.$executeRawUnsafe(limit);
      return work(<Row>(statement: Prisma.Sql) => tx.$queryRaw<Row[]>(checkedSelect(statement)));
    },
    { isolationLevel: "RepeatableRead", maxWait: 3_000, timeout: 20_000 },
  );
}

export function checkedSelect(statement: Prisma.Sql): Prisma.Sql {
  const text = statement.sql;
  if (!/^\s*(select|with)\b/i.test(text) || /\b(insert|update|delete|merge|truncate)\b/i.test(text)) {
    throw new Error("readSql takes one SELECT");
  }
  return statement;
}

// Names of the adapter, codes of PostgreSQL, sentences of node-postgres and its pool, which carry no code.
const awayPattern = new RegExp(
  [
    "DatabaseNotReachable|ConnectionClosed|SocketTimeout|TooManyConnections|TlsConnection|ECONN",
    '57P0|"(?:57014|25006|53300)"|read-only transaction',
    "Connection terminated|timeout exceeded when trying to connect|connection error and is not queryable",
  ].join("|"),
  "i",
);

/** Prisma's errors, those of pg with a code, its pool's plain ones. The sentence of a refusal of ours says nothing here. */
const isOfDatabase = (error: unknown): boolean =>
  error instanceof Error &&
  ("code" in error || error.constructor === Error || /^(PrismaClient|DriverAdapter)/.test(error.name));

/** True where PostgreSQL ended a statement at its time limit: the work was too much, the database is there. */
export function isPastTimeLimit(error: unknown): boolean {
  if (!isOfDatabase(error)) return false;
  const { message = "", meta } = error as { message?: string; meta?: object };
  return `${message} ${JSON.stringify(meta ?? "")}`.includes("canceling statement due to statement timeout");
}

/** True for the errors that mean "the database is away, read-only or too slow", not "the query is wrong". */
export function isUnavailable(error: unknown): boolean {
  if (error instanceof AppError) return error.code === "unavailable";
  if (!isOfDatabase(error)) return false;
  const {
    code,
    message = "",
    meta,
  } = error as { code?: string; message?: string; meta?: { driverAdapterError?: unknown } };
  if (
    code &&
    /^(P1001|P1002|P1008|P1011|P1017|P2024|P2028|P2034|ECONN\w+|57P0\d|53300|08\w{3}|25006|57014)$/.test(code)
  ) {
    return true;
  }
  const cause = JSON.stringify(meta?.driverAdapterError ?? "");
  return awayPattern.test(`${message} ${cause}`);
}

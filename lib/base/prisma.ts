import "server-only";
import { PrismaPg } from "@prisma/adapter-pg";
import { Pool } from "pg";
import { Prisma, PrismaClient } from "prisma/client/client";
import { env } from "./env";
import { statementName } from "./statement-name";

/** Tables keyed by an instance-wide value: the only ones that may be asked without an organization. */
const thinTables = new Set([
  "Session",
  "DomainClaim",
  "ConnectionKey",
  "TokenKey",
  "OneTimeLink",
  "PendingSignIn",
  "ConsumedAssertion",
  "JacksonStore",
  "JacksonIndex",
  "RateLimit",
  "SpKey",
  "Organization",
]);

const hasOrganization = (value: unknown): boolean => {
  if (Array.isArray(value)) return value.length === 0 || value.every(hasOrganization);
  if (typeof value !== "object" || value === null) return false;
  return Object.entries(value).some(
    ([key, inner]) => (key === "orgId" && inner !== undefined) || (key.includes("_") && key.startsWith("orgId_")),
  );
};

// A second net at run time, inside transactions too: no query of an organization's table goes out without its orgId.
const tenancyGuard = Prisma.defineExtension({
  query: {
    $allModels: {
      $allOperations({ model, operation, args, query }) {
        const asked = args as { where?: unknown; data?: unknown; create?: unknown };
        const scoped = operation.startsWith("create") ? hasOrganization(asked.data) : hasOrganization(asked.where);
        if (!thinTables.has(model) && !scoped) throw new Error(`${model}.${operation} without orgId`);
        return query(args);
      },
    },
  },
});

function openPool() {
  const pool = new Pool({
    connectionString: env().DATABASE_URL,
    // More than one directory may use at once (16), so that no tenant has them all.
    max: 20,
    connectionTimeoutMillis: 3_000,
    statement_timeout: 15_000,
    idleTimeoutMillis: 30_000,
    keepAlive: true,
  });
  // An idle connection that breaks is replaced at the next use; without a listener it would end the process.
  pool.on("error", () => undefined);
  return pool;
}

const open = () =>
  new PrismaClient({ adapter: new PrismaPg(pool(), { statementNameGenerator: statementName }) }).$extends(tenancyGuard);

export type Client = ReturnType<typeof open>;
export type TransactionClient = Parameters<
  Extract<Parameters<Client["$transaction"]>[0], (...args: never[]) => unknown>
>[0];

const global = globalThis as { gatehousePool?: Pool; gatehousePrisma?: Client };

/** One pool and one client per process; Next's dev server loads modules anew, so they lie on globalThis. */
export function pool(): Pool {
  global.gatehousePool ??= openPool();
  return global.gatehousePool;
}

export function prisma(): Client {
  global.gatehousePrisma ??= open();
  return global.gatehousePrisma;
}

import "server-only";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { readSql } from "lib/base/db";
import { jackson } from "lib/connections/jackson";
import { isDraining } from "./start-process";

const answer = (status: number, body: object, headers: Record<string, string> = {}) =>
  Response.json(body, { status, headers: { "cache-control": "no-store", ...headers } });

/** 200 while the event loop turns; touches nothing else. */
export const liveRoute = () => answer(200, { status: "ok" });

const patienceMs = 1_000;

async function inTime<T>(work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error("too slow")), patienceMs);
  });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}

/** 200 only where a request would succeed; else 503 and the part that is missing. */
export async function readyRoute(): Promise<Response> {
  if (isDraining()) return unready("stopping");
  const parts: [string, () => Promise<unknown>][] = [
    ["database", async () => readSql`SELECT 1`],
    ["migrations", demandMigrations],
    ["sign-in", jackson],
  ];
  for (const [part, work] of parts) {
    try {
      await inTime(work());
    } catch {
      return unready(part);
    }
  }
  return answer(200, { status: "ok" });
}

const unready = (part: string) => answer(503, { status: "unavailable", part }, { "retry-after": "5" });

let known: Promise<number> | undefined;

/** How many steps this build knows: the folders that were packed with it. */
function knownMigrations(): Promise<number> {
  known ??= readdir(join(/* turbopackIgnore: true */ process.cwd(), "prisma", "migrations"), {
    withFileTypes: true,
  }).then((entries) => entries.filter((entry) => entry.isDirectory()).length);
  known.catch(() => {
    known = undefined;
  });
  return known;
}

async function demandMigrations(): Promise<void> {
  const [row] = await readSql<{ finished: number; open: number }>`
    SELECT count(*) FILTER (WHERE finished_at IS NOT NULL)::int AS finished,
           count(*) FILTER (WHERE finished_at IS NULL)::int AS open
      FROM _prisma_migrations WHERE rolled_back_at IS NULL`;
  if (!row || row.open > 0 || row.finished !== (await knownMigrations())) throw new Error("migrations differ");
}

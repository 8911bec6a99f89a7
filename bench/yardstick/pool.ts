import pg from "pg";

const global = globalThis as { yardstickPool?: pg.Pool };

/** One pool for the process, as large as the product's. */
export function pool(): pg.Pool {
  global.yardstickPool ??= new pg.Pool({ connectionString: process.env.DATABASE_URL, max: 20 });
  return global.yardstickPool;
}

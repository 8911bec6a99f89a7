// Prisma's schema engine as WebAssembly: no engine is downloaded and no prisma CLI is needed to migrate.
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";

import { PrismaPg } from "@prisma/adapter-pg";
import { bindMigrationAwareSqlAdapterFactory } from "@prisma/driver-adapter-utils";
import * as bindings from "@prisma/schema-engine-wasm/schema_engine_bg";
import pg from "pg";

/** @type {Promise<void> | undefined} */
let loading;

async function load() {
  // The package exports the script only; the program lies beside it.
  const script = createRequire(import.meta.url).resolve("@prisma/schema-engine-wasm/schema_engine_bg");
  const imports = /** @type {WebAssembly.Imports} */ ({ "./schema_engine_bg.js": bindings });
  const { instance } = await WebAssembly.instantiate(await readFile(script.replace(/\.js$/, ".wasm")), imports);
  bindings.__wbg_set_wasm(instance.exports);
  /** @type {() => void} */ (instance.exports.__wbindgen_start)();
}

/**
 * The engine on one database. `lastError` is PostgreSQL's own error of the last script, which the engine hides
 * behind a number. It connects at once, also for a diff of two models.
 * @param {string} url
 */
export async function openSchemaEngine(url) {
  loading ??= load();
  await loading;
  const pool = new pg.Pool({ connectionString: url, max: 2, options: "-c lock_timeout=3000" });
  pool.on("error", () => undefined);
  const factory = new PrismaPg(pool);
  const connect = factory.connect.bind(factory);
  /** @type {pg.DatabaseError | undefined} */
  let lastError;
  factory.connect = async () => {
    const adapter = await connect();
    // PrismaPg splits a script at every semicolon and spreads it over a pool. As one query it is one transaction.
    adapter.executeScript = async (script) => {
      try {
        await pool.query(script);
      } catch (error) {
        lastError = /** @type {pg.DatabaseError} */ (error);
        throw error;
      }
    };
    return adapter;
  };
  const engine = await bindings.SchemaEngine.new(
    { datamodels: undefined },
    () => undefined,
    bindMigrationAwareSqlAdapterFactory(factory),
  );
  return {
    engine,
    lastError: () => lastError,
    close: async () => {
      engine.free();
      await pool.end();
    },
  };
}

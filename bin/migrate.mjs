// Brings a database to the program's state: the migrations of prisma/migrations, then graphile-worker's own.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Logger, runMigrations } from "graphile-worker";
import pg from "pg";
import { root } from "./root.mjs";
import { openSchemaEngine } from "./schema-engine.mjs";

const lockKey = 736_281_002;
const filters = { externalTables: [], externalEnums: [] };

/** What cannot be migrated, in words for the operator. */
export class MigrationError extends Error {}

/** The migrations on disk as the engine wants them. @param {string} folder */
function listMigrations(folder) {
  const names = existsSync(folder)
    ? readdirSync(folder, { withFileTypes: true }).flatMap((entry) => (entry.isDirectory() ? entry.name : []))
    : [];
  return {
    baseDir: folder,
    shadowDbInitScript: "",
    lockfile: { path: "migration_lock.toml", content: 'provider = "postgresql"\n' },
    migrationDirectories: names.sort().map((path) => {
      const value = readFileSync(join(folder, path, "migration.sql"), "utf8");
      return { path, migrationFile: { path: "migration.sql", content: { tag: /** @type {const} */ ("ok"), value } } };
    }),
  };
}

/**
 * Applies what is missing and answers the names of what it applied. Any number of processes may call it at once.
 * @param {string} url
 * @param {{folder?: string}} options
 * @returns {Promise<string[]>}
 */
export async function migrate(url, { folder = join(root, "prisma/migrations") } = {}) {
  const lock = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000, keepAlive: true });
  lock.on("error", () => undefined);
  await lock.connect().catch((error) => {
    const { host } = new URL(url);
    throw new MigrationError(`The database at ${host} does not answer: ${error.message || error.code}.`, {
      cause: error,
    });
  });
  try {
    await lock.query("SELECT pg_advisory_lock($1)", [lockKey]);
    const applied = await applyMissing(url, folder);
    await runMigrations({ connectionString: url, logger: new Logger(() => () => undefined), maxPoolSize: 1 });
    return applied;
  } finally {
    await lock.end().catch(() => undefined);
  }
}

/** @param {string} url @param {string} folder */
async function applyMissing(url, folder) {
  const migrationsList = listMigrations(folder);
  const { engine, lastError, close } = await openSchemaEngine(url);
  const diagnose = () => engine.diagnoseMigrationHistory({ migrationsList, filters, optInToShadowDatabase: false });
  // A failed file stays in Prisma's table and would block every later run. Nothing of it was kept, so it may be tried again.
  const forgetFailed = async () => {
    const { failedMigrationNames } = await diagnose();
    for (const migrationName of failedMigrationNames) await engine.markMigrationRolledBack({ migrationName });
    return failedMigrationNames;
  };
  try {
    await forgetFailed();
    refuseForeignHistory(await diagnose());
    try {
      return (await engine.applyMigrations({ migrationsList, filters })).appliedMigrationNames;
    } catch (error) {
      const [failed] = await forgetFailed();
      const cause = lastError();
      if (!failed || !cause) throw error;
      const { path = failed, migrationFile } =
        migrationsList.migrationDirectories.find(({ path }) => path === failed) ?? {};
      throw new MigrationError(explain(path, migrationFile?.content.value ?? "", cause), { cause });
    }
  } finally {
    await close();
  }
}

/**
 * The engine applies in these states without a word; each could destroy data.
 * @param {{editedMigrationNames: string[], history: {diagnostic: string, unpersistedMigrationNames?: string[]} | null}} diagnosis
 */
function refuseForeignHistory({ editedMigrationNames, history }) {
  if (editedMigrationNames.length) {
    throw new MigrationError(
      `${editedMigrationNames.join(", ")} was changed after this database had applied it. Restore the file as it was and put the change into a new migration.`,
    );
  }
  if (history === null || history.diagnostic === "databaseIsBehind") return;
  const unknown = (history.unpersistedMigrationNames ?? []).join(", ");
  throw new MigrationError(
    history.diagnostic === "migrationsDirectoryIsBehind"
      ? `This database is newer than the program: it has applied ${unknown}. Start the version of Gatehouse that made it, or a later one.`
      : `This database and the program have different histories: the database has applied ${unknown}, which the program does not know. Restore a backup that fits, or start the program that made it.`,
  );
}

/** @param {string} name @param {string} script @param {pg.DatabaseError} cause */
function explain(name, script, { message, code, detail, hint, position }) {
  const line = position ? ` in line ${script.slice(0, Number(position)).split("\n").length}` : "";
  const more = [detail, hint].flatMap((text) => (text ? ` ${text}` : [])).join("");
  const cure =
    code === "55P03"
      ? "Another session holds a table that it changes: end it and try again."
      : "Nothing of it was kept; it is tried again at the next start.";
  return `Migration ${name} failed${line}: ${message} (${code}).${more} ${cure}`;
}

/**
 * The SQL that leads from one schema to another; `url` is any database that answers, it is not looked at.
 * @param {string | null} from the text of a schema.prisma, null for an empty database
 * @param {string} to @param {string} url
 */
export async function diff(from, to, url) {
  /** @param {string} content @returns {import("@prisma/schema-engine-wasm/schema_engine_bg").DiffTarget} */
  const model = (content) => ({ tag: "schemaDatamodel", files: [{ path: "schema.prisma", content }] });
  const { engine, close } = await openSchemaEngine(url);
  try {
    const params = { to: model(to), script: true, exitCode: null, filters };
    const { stdout } = await engine.diff({ from: from === null ? { tag: "empty" } : model(from), ...params });
    return stdout ?? "";
  } finally {
    await close();
  }
}

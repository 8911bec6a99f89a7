import { createHash } from "node:crypto";
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startDatabase } from "bin/database.mjs";
import { migrate } from "bin/migrate.mjs";
import pg from "pg";
import type { TestProject } from "vitest/node";

declare module "vitest" {
  interface ProvidedContext {
    /** The server of this run and the name of its migrated template. */
    postgres: { url: string; template: string };
  }
}

const migrations = join(import.meta.dirname, "../prisma/migrations");

/** The name changes with any migration, so a rerun in watch mode never clones a stale template. */
function templateName() {
  const hash = createHash("sha256");
  for (const file of readdirSync(migrations, { recursive: true, encoding: "utf8" }).sort()) {
    if (file.endsWith(".sql")) hash.update(file).update(readFileSync(join(migrations, file)));
  }
  return `template_${hash.digest("hex").slice(0, 16)}`;
}

async function makeTemplate(url: string) {
  const template = templateName();
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const { rowCount } = await client.query("SELECT 1 FROM pg_database WHERE datname = $1", [template]);
    if (!rowCount) {
      await client.query(`CREATE DATABASE ${template}`);
      await migrate(url.replace(/\/\w+$/, `/${template}`));
    }
  } finally {
    await client.end();
  }
  return { url, template };
}

/** One PostgreSQL for the run, gone with it: speed before safety of its data. */
export default async function setup(project: TestProject) {
  const dataFolder = mkdtempSync(join(tmpdir(), "gatehouse-test-"));
  // mkdtemp closes it to others, and as root the server is another account.
  chmodSync(dataFolder, 0o755);
  const database = await startDatabase({
    dataFolder,
    flags: { fsync: "off", synchronous_commit: "off", full_page_writes: "off", max_connections: "300" },
  });
  const remove = async () => {
    await database.stop();
    rmSync(database.folder, { recursive: true, force: true });
    rmSync(dataFolder, { recursive: true, force: true });
  };
  const provide = async () => project.provide("postgres", await makeTemplate(database.url));
  project.onTestsRerun(provide);
  await provide().catch(async (error) => {
    await remove();
    throw error;
  });
  return remove;
}

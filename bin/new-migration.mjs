// `gatehouse new-migration NAME`: the step from the last migration's schema to the present one, as a folder to review.
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { diff } from "./migrate.mjs";
import { root } from "./root.mjs";

/**
 * Writes prisma/migrations/{time}_{name} and answers its path; nothing when the schema has not changed.
 * @param {string} name @param {string} url any database that answers
 * @param {{folder?: string, schemaFile?: string, time?: Date}} options
 */
export async function newMigration(
  name,
  url,
  { folder = join(root, "prisma/migrations"), schemaFile = join(root, "prisma/schema.prisma"), time = new Date() } = {},
) {
  if (!/^[a-z0-9]+(_[a-z0-9]+)*$/.test(name)) {
    throw new Error(`A migration's name is lower case words joined by _, for example add_webhooks; "${name}" is not.`);
  }
  const last = existsSync(folder)
    ? readdirSync(folder, { withFileTypes: true })
        .flatMap((entry) => (entry.isDirectory() ? entry.name : []))
        .sort()
        .at(-1)
    : undefined;
  const schema = readFileSync(schemaFile, "utf8");
  const sql = await diff(last ? readFileSync(join(folder, last, "schema.prisma"), "utf8") : null, schema, url);
  if (!sql.trim() || sql.includes("This is an empty migration")) return undefined;
  const target = join(folder, `${time.toISOString().replace(/\D/g, "").slice(0, 14)}_${name}`);
  mkdirSync(target, { recursive: true });
  writeFileSync(join(target, "migration.sql"), sql);
  writeFileSync(join(target, "schema.prisma"), schema);
  return target;
}

import { randomBytes } from "node:crypto";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { diff, MigrationError, migrate } from "bin/migrate.mjs";
import { newMigration } from "bin/new-migration.mjs";
import pg from "pg";
import { afterEach, beforeEach, expect, inject, test } from "vitest";

const server = inject("postgres").url;
let name: string;
let url: string;
let folder: string;

async function ask(sql: string, database = url) {
  const client = new pg.Client({ connectionString: database });
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}

beforeEach(async () => {
  name = `migrate_${randomBytes(6).toString("hex")}`;
  await ask(`CREATE DATABASE ${name}`, server);
  url = server.replace(/\/\w+$/, `/${name}`);
  folder = mkdtempSync(join(tmpdir(), "gatehouse-migrations-"));
});

afterEach(async () => {
  await ask(`DROP DATABASE ${name} WITH (FORCE)`, server);
  rmSync(folder, { recursive: true });
});

function write(migration: string, sql: string) {
  mkdirSync(join(folder, migration), { recursive: true });
  writeFileSync(join(folder, migration, "migration.sql"), sql);
}

const first = "CREATE TABLE one (n int);\n";

test("a fresh database gets every migration in order and the job queue's tables; a second run finds nothing to do", async () => {
  write("2_second", "ALTER TABLE one ADD COLUMN m int;");
  write("1_first", first);
  expect(await migrate(url, { folder })).toEqual(["1_first", "2_second"]);
  expect(await ask("SELECT n, m FROM one")).toEqual([]);
  expect(await ask("SELECT to_regclass('graphile_worker.jobs') IS NOT NULL AS made")).toEqual([{ made: true }]);
  expect(await migrate(url, { folder })).toEqual([]);
  write("3_third", "DROP TABLE one;");
  expect(await migrate(url, { folder })).toEqual(["3_third"]);
});

test("three processes that start at once apply each migration once", async () => {
  write("1_first", first);
  const applied = await Promise.all([1, 2, 3].map(() => migrate(url, { folder })));
  expect(applied.flat()).toEqual(["1_first"]);
});

test("a function body with semicolons is one statement", async () => {
  write("1_first", "CREATE FUNCTION two() RETURNS int LANGUAGE plpgsql AS $$ BEGIN PERFORM 1; RETURN 2; END $$;");
  await migrate(url, { folder });
  expect(await ask("SELECT two()")).toEqual([{ two: 2 }]);
});

test("a failing file is told with PostgreSQL's own error and its line, keeps nothing, and is tried again", async () => {
  write("1_first", first);
  write("2_second", "CREATE TABLE two (n int);\n\nALTER TABLE missing ADD COLUMN m int;\n");
  write("3_third", "CREATE TABLE three (n int);");
  const error = await migrate(url, { folder }).catch((error) => error);
  expect(error).toBeInstanceOf(MigrationError);
  expect(error.message).toMatch(/^Migration 2_second failed.*relation "missing" does not exist \(42P01\)/);
  expect(
    await ask("SELECT to_regclass('one') AS one, to_regclass('two') AS two, to_regclass('three') AS three"),
  ).toEqual([{ one: "one", two: null, three: null }]);
  await expect(migrate(url, { folder })).rejects.toThrow(/2_second.*42P01/);
  write("2_second", "CREATE TABLE two (n int);");
  expect(await migrate(url, { folder })).toEqual(["2_second", "3_third"]);
});

test("the line of a mistake is named", async () => {
  write("1_first", "CREATE TABLE one (n int);\nCREATE TABLE two (n imt);\n");
  await expect(migrate(url, { folder })).rejects.toThrow(
    /^Migration 1_first failed in line 2: type "imt" does not exist/,
  );
});

test("a migration that was edited after it was applied is refused by name", async () => {
  write("1_first", first);
  await migrate(url, { folder });
  write("1_first", "CREATE TABLE one (n bigint);\n");
  write("2_second", "CREATE TABLE two (n int);");
  await expect(migrate(url, { folder })).rejects.toThrow(/^1_first was changed after this database had applied it/);
  expect(await ask("SELECT to_regclass('two') AS two")).toEqual([{ two: null }]);
});

test("a database that is newer than the program is refused", async () => {
  write("1_first", first);
  write("2_second", "CREATE TABLE two (n int);");
  await migrate(url, { folder });
  rmSync(join(folder, "2_second"), { recursive: true });
  await expect(migrate(url, { folder })).rejects.toThrow(/newer than the program: it has applied 2_second/);
});

test("a database of another branch is refused and left as it is", async () => {
  write("1_first", first);
  write("2_theirs", "CREATE TABLE theirs (n int);");
  await migrate(url, { folder });
  rmSync(join(folder, "2_theirs"), { recursive: true });
  write("2_ours", "CREATE TABLE ours (n int);");
  await expect(migrate(url, { folder })).rejects.toThrow(/different histories: the database has applied 2_theirs/);
  expect(await ask("SELECT to_regclass('ours') AS ours")).toEqual([{ ours: null }]);
});

test("a migration that waits for a table in use gives up after three seconds and says why", async () => {
  write("1_first", first);
  await migrate(url, { folder });
  const holder = new pg.Client({ connectionString: url });
  await holder.connect();
  await holder.query("BEGIN; LOCK TABLE one");
  write("2_second", "ALTER TABLE one ADD COLUMN m int;");
  await expect(migrate(url, { folder })).rejects.toThrow(/lock timeout \(55P03\)\. Another session holds a table/);
  await holder.end();
  expect(await migrate(url, { folder })).toEqual(["2_second"]);
});

const model = (fields: string) =>
  `datasource db {\n  provider = "postgresql"\n}\n\nmodel Thing {\n  id Int @id\n${fields}}\n`;

test("new-migration writes the step from the last schema, and nothing where there is none", async () => {
  const schemaFile = join(folder, "schema.prisma");
  const time = new Date("2026-01-02T03:04:05Z");
  writeFileSync(schemaFile, model(""));
  expect(await newMigration("first", url, { folder, schemaFile, time })).toBe(join(folder, "20260102030405_first"));
  expect(await newMigration("again", url, { folder, schemaFile })).toBeUndefined();
  writeFileSync(schemaFile, model("  name String\n"));
  const second = await newMigration("add_name", url, { folder, schemaFile });
  expect(readFileSync(join(second ?? "", "migration.sql"), "utf8")).toContain('ALTER TABLE "Thing" ADD COLUMN');
  expect(readFileSync(join(second ?? "", "schema.prisma"), "utf8")).toBe(model("  name String\n"));
  await expect(newMigration("Bad Name", url, { folder, schemaFile })).rejects.toThrow(/lower case words/);
});

const catalogue = `
  SELECT table_name, column_name, data_type, udt_name, is_nullable, column_default FROM information_schema.columns
  WHERE table_schema = 'public' AND table_name <> '_prisma_migrations' ORDER BY 1, 2`;
const constraints = `
  SELECT conrelid::regclass::text AS "table", conname AS name, pg_get_constraintdef(oid) AS definition FROM pg_constraint
  WHERE connamespace = 'public'::regnamespace AND conrelid::regclass::text <> '_prisma_migrations' ORDER BY 1, 2`;

test("all migrations together make exactly the columns, constraints and indexes of schema.prisma", async () => {
  const prisma = join(import.meta.dirname, "../prisma");
  const read = async () => ({
    columns: await ask(catalogue),
    constraints: await ask(constraints),
    indexes: await ask("SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = 'public'"),
  });
  await migrate(url);
  const migrated = await read();
  const plain = `${name}_plain`;
  await ask(`CREATE DATABASE ${plain}`, server);
  try {
    const sql = await diff(null, readFileSync(join(prisma, "schema.prisma"), "utf8"), url);
    url = server.replace(/\/\w+$/, `/${plain}`);
    await ask(sql);
    const written = await read();
    expect(written.columns.length).toBeGreaterThan(100);
    expect(migrated.columns).toEqual(written.columns);
    // What Prisma cannot say (checks, trigram indexes) is added by hand; nothing that it says may be missing or differ.
    expect(migrated.constraints).toEqual(expect.arrayContaining(written.constraints));
    expect(migrated.indexes).toEqual(expect.arrayContaining(written.indexes));
  } finally {
    await ask(`DROP DATABASE ${plain} WITH (FORCE)`, server);
  }
  const last =
    readdirSync(join(prisma, "migrations"))
      .filter((entry) => /^\d/.test(entry))
      .sort()
      .at(-1) ?? "";
  expect(readFileSync(join(prisma, "migrations", last, "schema.prisma"), "utf8")).toBe(
    readFileSync(join(prisma, "schema.prisma"), "utf8"),
  );
});

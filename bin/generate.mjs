// Makes prisma/client from prisma/schema.prisma. A generated client that is newer than the schema is left alone.
import { spawnSync } from "node:child_process";
import { existsSync, statSync } from "node:fs";
import { join } from "node:path";
import { isMain, root } from "./root.mjs";

/** Generates the database client where it is missing or older than the schema. */
export function generate() {
  const schema = join(root, "prisma/schema.prisma");
  const client = join(root, "prisma/client/client.ts");
  if (existsSync(client) && statSync(client).mtimeMs > statSync(schema).mtimeMs) return;
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [join(root, "node_modules/prisma/build/index.js"), "generate", "--no-hints"],
    {
      cwd: root,
      encoding: "utf8",
      // Prisma downloads an engine, which generate never runs, unless this names an existing file.
      env: { ...process.env, PRISMA_SCHEMA_ENGINE_BINARY: process.execPath, CHECKPOINT_DISABLE: "1" },
    },
  );
  if (status !== 0) throw new Error(`prisma generate failed:\n${stdout}${stderr}`);
}

if (isMain(import.meta.url)) generate();

// The production build: client, command line, Next, and beside them a stamp of the sources they were made from.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { cpSync, existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { bundle } from "./bundle.mjs";
import { generate } from "./generate.mjs";
import { isMain, root } from "./root.mjs";

const standalone = join(root, ".next/standalone");
const stampFile = join(standalone, "build-stamp");
const sources = [
  ...["app", "bin", "components", "lib", "public", "prisma/migrations", "prisma/schema.prisma"],
  ...["instrumentation.ts", "proxy.ts", "next.config.mjs", "tailwind.config.ts", "tsconfig.json"],
  ...["package.json", "package-lock.json"],
];

/** A digest of everything the build is made from. */
function stamp() {
  const hash = createHash("sha256").update(process.version);
  const add = (/** @type {string} */ path) => {
    const file = join(root, path);
    if (!existsSync(file)) return;
    if (!statSync(file).isDirectory()) hash.update(path).update("\0").update(readFileSync(file));
    else for (const name of readdirSync(file).sort()) add(`${path}/${name}`);
  };
  for (const path of sources) add(path);
  return hash.digest("hex");
}

/** Whether the build lacks, or was made from other sources than these. */
export const isBuildStale = () => !existsSync(stampFile) || readFileSync(stampFile, "utf8") !== stamp();

/** Builds everything that `start` needs. */
export async function buildAll() {
  const before = stamp();
  generate();
  await bundle();
  rmSync(standalone, { recursive: true, force: true });
  const { status } = spawnSync(process.execPath, [join(root, "node_modules/next/dist/bin/next"), "build"], {
    cwd: root,
    stdio: "inherit",
    env: { ...process.env, NODE_ENV: "production", NEXT_TELEMETRY_DISABLED: "1" },
  });
  if (status !== 0) throw new Error("next build failed.");
  // Traced for the sake of a configuration file in TypeScript, which nobody has; 20 MB.
  rmSync(join(standalone, "node_modules/typescript"), { recursive: true, force: true });
  cpSync(join(root, ".next/static"), join(standalone, ".next/static"), { recursive: true });
  if (existsSync(join(root, "public"))) cpSync(join(root, "public"), join(standalone, "public"), { recursive: true });
  writeFileSync(stampFile, before);
}

if (isMain(import.meta.url)) {
  try {
    await buildAll();
  } catch (error) {
    process.stderr.write(`${/** @type {Error} */ (error).message}\n`);
    process.exit(1);
  }
}

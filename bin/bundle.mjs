// Node runs no TypeScript: the parts of lib/ that the command line needs are bundled into dist/ as plain modules.
import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { generate } from "./generate.mjs";
import { root } from "./root.mjs";

const dist = join(root, "dist");
const entries = { commands: "lib/gates/run-command.ts", settings: "lib/base/env.ts" };

/** Native programs, WebAssembly, and what must exist once in a process; all of it is in the standalone tree. */
const keptApart = [
  "@boxyhq/saml-jackson",
  "@node-rs/argon2",
  "@prisma/adapter-pg",
  "@prisma/client",
  "graphile-worker",
  "pg",
  "pino",
];

/** @returns {Promise<typeof import("../lib/gates/run-command")>} */
export const loadCommands = () => load("commands");
/** @returns {Promise<typeof import("../lib/base/env")>} */
export const loadSettings = () => load("settings");

/** @param {keyof typeof entries} name */
async function load(name) {
  const file = join(dist, `${name}.mjs`);
  if (isStale(file)) await bundle();
  return import(pathToFileURL(file).href);
}

/** In a clone a bundle is made anew after any change below it; a standalone tree has no sources. @param {string} file */
function isStale(file) {
  if (!existsSync(join(root, "lib"))) return false;
  if (!existsSync(file)) return true;
  const made = statSync(file).mtimeMs;
  const newer = (/** @type {string} */ path) => statSync(join(root, path)).mtimeMs > made;
  const sources = readdirSync(join(root, "lib"), { recursive: true, encoding: "utf8" });
  return newer("prisma/schema.prisma") || sources.some((path) => newer(join("lib", path)));
}

/** Bundles into a folder aside and puts each file in place at once, since another command may be reading it. */
export async function bundle() {
  generate();
  const { build } = await import("vite");
  const aside = mkdtempSync(`${dist}-new-`);
  const inRoot = (/** @type {string} */ path) => join(root, path);
  await build({
    root,
    configFile: false,
    logLevel: "warn",
    resolve: {
      alias: [
        { find: "server-only", replacement: inRoot("vitest/server-only.ts") },
        { find: /^(lib|prisma)\//, replacement: inRoot("$1/") },
      ],
    },
    // The rest goes into the bundle: of it the standalone tree has only what Next put into its own chunks.
    ssr: { noExternal: true, external: keptApart },
    build: {
      ssr: true,
      outDir: aside,
      emptyOutDir: false,
      copyPublicDir: false,
      target: "node20",
      rollupOptions: {
        input: Object.fromEntries(Object.entries(entries).map(([name, path]) => [name, inRoot(path)])),
        output: { entryFileNames: "[name].mjs", chunkFileNames: "[name]-[hash].mjs" },
      },
    },
  });
  mkdirSync(dist, { recursive: true });
  for (const file of readdirSync(aside)) renameSync(join(aside, file), join(dist, file));
  rmSync(aside, { recursive: true });
}

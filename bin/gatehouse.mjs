#!/usr/bin/env node
// The operator's command line.
import { notice, prepareEnvironment } from "./environment.mjs";
import { isMain } from "./root.mjs";

const usage = `usage: gatehouse COMMAND

  start                              migrates, then serves the production build
  dev                                the same from the sources, with reload
  migrate                            brings the database to this version's state
  apply FILE.json                    creates or updates an organization from a file
  recover --org SLUG --owner EMAIL   prints a link that sets a new password for an owner
  reset                              empties .data/ of a clone
  new-migration NAME                 writes the step from the last migration to prisma/schema.prisma
`;

/** @type {Record<string, (words: string[]) => Promise<number>>} */
const commands = {
  start: async () => (await import("./serve.mjs")).start(),
  dev: async () => (await import("./serve.mjs")).dev(),
  reset: async () => (await import("./reset.mjs")).reset(),
  migrate: () =>
    withDatabase(async (url) => {
      const { migrate } = await import("./migrate.mjs");
      const applied = await migrate(url);
      notice(applied.length ? `Applied ${applied.join(", ")}.` : "Nothing to do: the database is current.");
      return 0;
    }),
  "new-migration": ([name = ""]) =>
    withDatabase(async (url) => {
      const { newMigration } = await import("./new-migration.mjs");
      const folder = await newMigration(name, url);
      notice(folder ? `Wrote ${folder}. Read it before you commit it.` : "schema.prisma has not changed.");
      return 0;
    }),
  apply: (words) => withVerbs(["apply", ...words]),
  recover: (words) => withVerbs(["recover", ...words]),
};

/** @param {(url: string) => Promise<number>} work */
async function withDatabase(work) {
  const { databaseUrl, stop } = await prepareEnvironment();
  try {
    return await work(databaseUrl);
  } finally {
    await stop();
  }
}

/** @param {string[]} argv */
const withVerbs = (argv) =>
  withDatabase(async (url) => {
    const { migrate } = await import("./migrate.mjs");
    for (const name of await migrate(url)) notice(`Applied ${name}.`);
    const { loadCommands } = await import("./bundle.mjs");
    return (await loadCommands()).runCommand(argv);
  });

if (isMain(import.meta.url)) {
  const [name = "", ...words] = process.argv.slice(2);
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (!command) {
    process.stderr.write(usage);
    process.exit(name === "" || name === "help" || name === "--help" ? 0 : 2);
  }
  try {
    // Timers of the product's libraries would keep the process alive.
    process.exit(await command(words));
  } catch (error) {
    notice(/** @type {Error} */ (error).message);
    process.exit(1);
  }
}

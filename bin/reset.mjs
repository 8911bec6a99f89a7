// `npm run reset`: a clone as if it had never been started.
import { existsSync, rmSync } from "node:fs";
import { join } from "node:path";
import { startDatabase } from "./database.mjs";
import { dataFolder, notice } from "./environment.mjs";
import { runningServer } from "./postgres-cluster.mjs";
import { postgresFolder } from "./postgres-program.mjs";
import { isMain } from "./root.mjs";

/** Empties the data folder, unless a running process uses it. @returns {Promise<number>} */
export async function reset() {
  const folder = postgresFolder(dataFolder);
  // A server that nobody uses is left over from a killed process, and may go.
  if (runningServer(folder) && !(await (await startDatabase({ dataFolder })).stop())) {
    notice("Gatehouse is running on this data. Stop it first (Ctrl-C in its terminal), then run reset again.");
    return 1;
  }
  if (existsSync(folder)) rmSync(folder, { recursive: true });
  rmSync(dataFolder, { recursive: true, force: true });
  notice(`Emptied ${folder.startsWith(dataFolder) ? dataFolder : `${dataFolder} and ${join(folder, "..")}`}.`);
  if (process.env.DATABASE_URL) notice("The database that DATABASE_URL names was not touched.");
  return 0;
}

if (isMain(import.meta.url)) process.exit(await reset());

import { realpathSync } from "node:fs";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";

/** The folder of this clone, or of the standalone tree that bin/ was copied into. */
export const root = dirname(dirname(realpathSync(fileURLToPath(import.meta.url))));

/** Whether a module was named on node's command line, rather than imported. */
export const isMain = (/** @type {string} */ url) =>
  process.argv[1] !== undefined && realpathSync(process.argv[1]) === realpathSync(fileURLToPath(url));

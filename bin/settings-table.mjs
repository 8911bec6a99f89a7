// The settings as .env.example and as README's table, made from lib/base/env.ts. `--check` writes nothing and fails where
// one of them is not current.
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { loadSettings } from "./bundle.mjs";
import { isMain, root } from "./root.mjs";

const begin = "<!-- settings: made by node bin/settings-table.mjs -->";
const end = "<!-- /settings -->";

/** @typedef {{name: string, about: string, initial: string}} Setting */

/** @param {Setting[]} settings */
const envExample = (settings) =>
  `# Settings of Gatehouse. Copy to .env and change what you need; what is commented out has the value shown.\n\n${settings
    .map(({ name, about, initial }) => `# ${about}\n# ${name}=${initial}\n`)
    .join("\n")}`;

/** @param {Setting[]} settings */
const readmeTable = (settings) =>
  [
    begin,
    "| Setting | Unset | Meaning |",
    "|---|---|---|",
    ...settings.map(({ name, about, initial }) => `| \`${name}\` | ${initial ? `\`${initial}\`` : "-"} | ${about} |`),
    end,
  ].join("\n");

/** @param {string} readme @param {Setting[]} settings */
function withTable(readme, settings) {
  const from = readme.indexOf(begin);
  const to = readme.indexOf(end);
  if (from < 0 || to < from) throw new Error(`README.md lacks the lines "${begin}" and "${end}" around its settings.`);
  return readme.slice(0, from) + readmeTable(settings) + readme.slice(to + end.length);
}

/** @param {string[]} words */
async function settingsTable(words) {
  const { settingsTable: settings } = await loadSettings();
  const read = (/** @type {string} */ name) =>
    existsSync(join(root, name)) ? readFileSync(join(root, name), "utf8") : "";
  /** @type {Record<string, (present: string) => string>} */
  const made = { ".env.example": () => envExample(settings), "README.md": (present) => withTable(present, settings) };
  for (const [name, make] of Object.entries(made)) {
    const present = read(name);
    const wanted = make(present);
    if (present === wanted) continue;
    if (words.includes("--check")) throw new Error(`${name} is not current: run node bin/settings-table.mjs.`);
    writeFileSync(join(root, name), wanted);
  }
}

if (isMain(import.meta.url)) {
  await settingsTable(process.argv.slice(2)).catch((error) => {
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 1;
  });
}

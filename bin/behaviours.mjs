// `npm run behaviours`: every behaviour with the tests that name it. `-- --require N` fails where issue N demands a test
// that nobody wrote. The list of behaviours is e2e/behaviours.json.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { isMain, root } from "./root.mjs";

const id = /\b(?:DF|FX|AV|DG|FD|V|B|P)-\d+\b/g;
// A title stands after test(, it( or test.each(...)(, or begins a row of a table of cases with its id. A case of
// e2e/scim/requests has a name.
const title = /\b(?:test|it|describe)(?:\.\w+)*\s*(?:\([^"'`]*?\)\s*)?\(\s*(["'`])((?:\\.|(?!\1)[^\\])*)\1/g;
const tableRow = /(["'`])((?:DF|FX|AV|DG|FD|V|B|P)-\d+\b(?:\\.|(?!\1)[^\\\n])*)\1/g;

/** The tests of this project by the behaviours that their titles name. @returns {Map<string, string[]>} */
export function testsByBehaviour() {
  /** @type {Map<string, string[]>} */
  const found = new Map();
  for (const folder of ["app", "bin", "components", "e2e", "lib"]) {
    for (const path of readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })) {
      if (path.includes("node_modules") || !/\.(test|spec)\.tsx?$|^scim\/requests\/.+\.json$/.test(path)) continue;
      const text = readFileSync(join(root, folder, path), "utf8");
      const titles = new Set(
        path.endsWith(".json")
          ? [JSON.parse(text).name]
          : [title, tableRow].flatMap((shape) => [...text.matchAll(shape)].map((match) => match[2] ?? "")),
      );
      for (const words of titles) {
        for (const behaviour of new Set(words.match(id))) {
          found.set(behaviour, [...(found.get(behaviour) ?? []), `${folder}/${path}: ${words}`]);
        }
      }
    }
  }
  return found;
}

/** @param {string[]} words @returns {number} exit code */
function behaviours(words) {
  /** @type {{titles: Record<string, string>, required: Record<string, string[]>}} */
  const { titles, required } = JSON.parse(readFileSync(join(root, "e2e/behaviours.json"), "utf8"));
  const tests = testsByBehaviour();
  const issue = words[0] === "--require" ? words[1] : undefined;
  const wanted = issue === undefined ? [] : required[issue];
  if (words.length > 0 && (issue === undefined || wanted === undefined)) {
    process.stderr.write(`usage: npm run behaviours [-- --require ${Object.keys(required).join("|")}]\n`);
    return 2;
  }
  for (const [behaviour, text] of Object.entries(titles)) {
    if (issue !== undefined && !wanted?.includes(behaviour)) continue;
    const named = tests.get(behaviour) ?? [];
    process.stdout.write(
      `${named.length ? " " : "-"} ${behaviour}  ${text}\n${named.map((test) => `      ${test}\n`).join("")}`,
    );
  }
  const unknown = [...tests.keys()].filter((behaviour) => !Object.hasOwn(titles, behaviour));
  const missing = (wanted ?? []).filter((behaviour) => !tests.has(behaviour));
  const covered = Object.keys(titles).filter((behaviour) => tests.has(behaviour)).length;
  process.stdout.write(`\n${covered} of ${Object.keys(titles).length} behaviours are named by a test ("-": none).\n`);
  if (unknown.length) process.stdout.write(`No such behaviour: ${unknown.join(", ")}.\n`);
  if (issue !== undefined) {
    process.stdout.write(
      missing.length
        ? `Issue ${issue} lacks tests for ${missing.join(", ")}.\n`
        : `Issue ${issue} has a test for each of its ${wanted?.length} behaviours.\n`,
    );
  }
  return missing.length || unknown.length ? 1 : 0;
}

if (isMain(import.meta.url)) process.exit(behaviours(process.argv.slice(2)));

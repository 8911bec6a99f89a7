// One command from a fresh clone to a running product. Until the packages are there only Node itself may be imported.
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { install } from "./install.mjs";
import { root } from "./root.mjs";

const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
const say = (/** @type {string} */ text) => process.stdout.write(`${text}\n`);

async function up() {
  const words = process.argv.slice(2);
  const unknown = words.find((word) => !["--dev", "--demo"].includes(word));
  if (unknown) throw new Error(`usage: npm run up [-- --demo], npm run dev; "${unknown}" is unknown`);
  if (major < 20 || (major === 20 && minor < 19)) {
    throw new Error(`Gatehouse needs Node 20.19 or later; this is ${process.version}.`);
  }
  install(root);
  const { dev, start } = await import("./serve.mjs");
  const onReady = words.includes("--demo") ? demonstrate : async () => async () => {};
  if (words.includes("--dev")) return dev({ onReady: announced(onReady) });
  const { isBuildStale } = await import("./build.mjs");
  if (isBuildStale()) {
    say("Building ...");
    // In a process of its own, whose memory is given back before the server starts.
    const { status } = spawnSync(process.execPath, [join(root, "bin/build.mjs")], { cwd: root, stdio: "inherit" });
    if (status !== 0) return 1;
  }
  return start({ onReady: announced(onReady) });
}

/** @typedef {() => Promise<() => Promise<void>>} OnReady what to do once the product answers, and how to undo it */

/** @param {OnReady} onReady @returns {OnReady} */
const announced = (onReady) => async () => {
  const stop = await onReady();
  say(`\nGatehouse is at ${process.env.APP_URL}. Ctrl-C stops it; the data stays in .data/.\n`);
  return stop;
};

async function demonstrate() {
  const { startDemo } = await import("./demo.mjs");
  return (await startDemo()).stop;
}

try {
  process.exit(await up());
} catch (error) {
  process.stderr.write(`${/** @type {Error} */ (error).message}\n`);
  process.exit(1);
}

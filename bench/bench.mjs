// `npm run bench [-- --quick] [--only "POST user"]`: the goals of shared performance.md, measured as ratios of one run on an empty database.
import { parseArgs } from "node:util";
import pg from "pg";
import { measureOperations, median, yardsticks } from "./measure.mjs";
import { operations } from "./operations.mjs";
import { buildWhatIsMeasured, startPeer, startPostgres, startProduct, startYardstick } from "./processes.mjs";
import { markdownTable, writeReport } from "./report.mjs";
import { seedOrganization } from "./seed.mjs";
import { measureGroups, measureLists, measureMemory, measurePagesAtOnce, measurePeer } from "./whole-runs.mjs";

const { values: chosen } = parseArgs({ options: { quick: { type: "boolean" }, only: { type: "string" } } });
const isQuick = chosen.quick === true;
/** `--only TEXT`: the rows of whose names it is a part; what measures several of them does so whole. */
const isChosen = (/** @type {string[]} */ ...names) =>
  names.some((name) => name.toLowerCase().includes((chosen.only ?? "").toLowerCase()));
const rounds = isQuick ? 5 : 15;
const repeat = isQuick ? 20 : 60;
const requests = isQuick ? 20_000 : 100_000;

const startedAt = performance.now();
const say = (/** @type {string} */ text) =>
  process.stderr.write(`${Math.round((performance.now() - startedAt) / 1000)} s: ${text}\n`);

buildWhatIsMeasured();
say("built");
const postgres = await startPostgres();
/** @type {{ stop: () => Promise<void> }[]} */
const running = [postgres];
const stopAll = async () => {
  for (const one of running.reverse()) await one.stop().catch(() => undefined);
};
process.once("SIGINT", () => void stopAll().then(() => process.exit(130)));

try {
  const first = await startProduct(postgres.urls.product);
  running.push(first);
  const client = new pg.Client({ connectionString: postgres.urls.product });
  // Where the seeding fails, the database goes before this connection does.
  client.on("error", () => undefined);
  await client.connect();
  // Foreign keys are not checked row by row: PostgreSQL plans such a check once, on the table as small as it is then.
  await client.query("SET session_replication_role = replica");
  /** @type {import("./seed.mjs").Organization[]} */
  const organizations = [];
  for (const size of [500, 10_000, 50_000]) {
    organizations.push(await seedOrganization(first, client, size, [10, 50_000]));
    say(`${size.toLocaleString("en")} users`);
  }
  await client.query("VACUUM ANALYZE");
  await client.query("CHECKPOINT");
  await client.end();

  // Started anew on the filled database: a cold start, and nothing of the seeding in its memory.
  await first.stop();
  const product = await startProduct(postgres.urls.product, first);
  running.push(product);
  const yardstickServer = await startYardstick(postgres.urls.yardstick);
  running.push(yardstickServer);
  const peer = await startPeer(postgres.urls.peer);
  running.push(peer);
  const yardstick = yardsticks(yardstickServer.url);

  const [, middle, largest] = organizations;
  if (!middle || !largest) throw new Error("The organizations were not made.");
  const world = { organizations, largest, middle, pid: product.pid, rounds, yardstick };
  const wanted = operations.filter(({ name }) => isChosen(name));
  const rows = await measureOperations(wanted, { rounds, repeat }, { ...world, say });
  const wholeRuns = [
    { names: ["list page at 90 % of 50,000", "whole crawl"], measure: () => measureLists(world) },
    {
      names: ["PATCH group with 500 members", "16 clients PATCH", "GET group of 50,000", "p99"],
      measure: () => measureGroups(world),
    },
    { names: ["POST user at 16 clients"], measure: async () => [await measurePeer(world, peer)] },
    { names: ["page at 16 clients"], measure: () => measurePagesAtOnce(world) },
    { names: ["resident memory", "its growth"], measure: () => measureMemory(world, requests) },
  ];
  for (const { names, measure } of wholeRuns.filter((run) => isChosen(...run.names))) {
    rows.push(...(await measure()));
    say(names.join(", "));
  }
  const ready = product.readyMs / 1000;
  rows.push({
    name: "cold start with a migrated database",
    note: `${ready.toFixed(2)} s`,
    goal: "<= 3 s",
    met: ready <= 3,
  });

  /** @type {Record<string, number>} */
  const absolute = {};
  for (const [name, call] of Object.entries(yardstick)) {
    const ms = [];
    for (let index = 0; index < 100; index++) ms.push((await call()).ms);
    absolute[name] = Number(median(ms).toFixed(2));
  }
  const mode = isQuick ? "quick" : "whole";
  writeReport(rows, absolute, chosen.only ? `${mode}, only ${chosen.only}` : mode);
  process.stdout.write(`${markdownTable(rows)}\n\nYardsticks, p50 ms at one client: ${JSON.stringify(absolute)}\n`);
  const missed = rows.filter(({ met }) => !met);
  if (missed.length > 0) process.stdout.write(`Missed: ${missed.map(({ name }) => name).join("; ")}.\n`);
  process.exitCode = missed.length > 0 ? 1 : 0;
} finally {
  await stopAll();
}

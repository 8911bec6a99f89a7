// The table, and the same as JSON beside the build.
import { mkdirSync, writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { join } from "node:path";
import { root } from "../bin/root.mjs";

/** @typedef {import("./measure.mjs").Row} Row */

const number = (/** @type {number | undefined} */ value, digits = 2) =>
  value === undefined || Number.isNaN(value) ? "" : value.toFixed(digits);

/** @param {Row[]} rows */
export function markdownTable(rows) {
  const lines = rows.map((row) => [
    row.name,
    number(row.p50),
    number(row.p99),
    number(row.cpu),
    row.ratio === undefined ? (row.note ?? "") : `${number(row.ratio)}${row.yardstick ? ` ${row.yardstick}` : ""}`,
    number(row.growth),
    row.goal,
    row.met ? "met" : "MISSED",
  ]);
  const head = ["operation", "p50 ms", "p99 ms", "CPU ms", "figure", "growth", "goal", ""];
  const widths = head.map((text, column) => Math.max(text.length, ...lines.map((line) => String(line[column]).length)));
  const format = (/** @type {string[]} */ cells) =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(" | ")} |`;
  return [format(head), `|${widths.map((width) => "-".repeat(width + 2)).join("|")}|`, ...lines.map(format)].join("\n");
}

/** @param {Row[]} rows @param {Record<string, number>} yardsticks p50 in ms @param {string} mode */
export function writeReport(rows, yardsticks, mode) {
  const folder = join(root, "test-results");
  mkdirSync(folder, { recursive: true });
  const machine = { node: process.version, cores: cpus().length, cpu: cpus()[0]?.model };
  writeFileSync(join(folder, "bench.json"), `${JSON.stringify({ mode, machine, yardsticks, rows }, null, 2)}\n`);
}

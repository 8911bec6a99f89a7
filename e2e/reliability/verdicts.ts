import { mkdirSync, writeFileSync } from "node:fs";
import type { Reporter, TestCase, TestResult } from "@playwright/test/reporter";
import { root } from "../server";

const words = { passed: "PASS", skipped: "SKIP", failed: "FAIL", timedOut: "FAIL", interrupted: "FAIL" } as const;
const say = (text: string) => process.stdout.write(`${text}\n`);

/** Prints `R-05 PASS {figures}` for each scenario and leaves the same as JSON in test-results/reliability. */
export default class Verdicts implements Reporter {
  onTestBegin(test: TestCase) {
    say(`${test.title} ...`);
  }

  onTestEnd(test: TestCase, result: TestResult) {
    const [id = test.title] = test.title.split(" ");
    const verdict = words[result.status];
    const figures = Object.fromEntries(test.annotations.map(({ type, description }) => [type, description]));
    const line = Object.entries(figures).map(([name, value]) => `${name}: ${value}`);
    say(`${id} ${verdict} in ${Math.round(result.duration / 1000)} s. ${line.join(" · ")}`);
    for (const error of result.errors) say(error.stack ?? error.message ?? String(error.value));
    mkdirSync(`${root}test-results/reliability`, { recursive: true });
    const report = { id, title: test.title, verdict, ms: result.duration, figures };
    writeFileSync(`${root}test-results/reliability/${id}.json`, `${JSON.stringify(report, null, 2)}\n`);
  }
}

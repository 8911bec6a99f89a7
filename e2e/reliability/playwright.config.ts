import { defineConfig } from "@playwright/test";

/** `npm run reliability`: each scenario starts a rig of its own, so one after another, and each says what it measured. */
export default defineConfig({
  testDir: ".",
  testMatch: "*.scenario.ts",
  outputDir: "../../test-results/reliability/traces",
  workers: 1,
  retries: 0,
  forbidOnly: true,
  timeout: 15 * 60_000,
  reporter: [["./verdicts.ts"]],
});

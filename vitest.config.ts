import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const root = fileURLToPath(new URL(".", import.meta.url));
const alias = [
  { find: "server-only", replacement: `${root}vitest/server-only.ts` },
  { find: /^(lib|components|app|prisma|bin|e2e|vitest)\//, replacement: `${root}$1/` },
];

export default defineConfig({
  resolve: { alias },
  test: {
    projects: [
      {
        resolve: { alias },
        test: {
          name: "pure",
          include: ["lib/protocol/**/*.test.ts", "lib/scope/**/*.test.ts", "components/**/*.test.ts"],
        },
      },
      {
        resolve: { alias },
        test: { name: "jsdom", environment: "jsdom", include: ["components/**/*.test.tsx"] },
      },
      { test: { name: "e2e-fakes", include: ["e2e/**/*.test.ts"], exclude: ["e2e/foreign-idps/node_modules/**"] } },
      {
        resolve: { alias },
        test: {
          name: "database",
          include: ["lib/**/*.test.ts", "bin/**/*.test.ts", "app/**/*.test.ts"],
          exclude: ["lib/protocol/**", "lib/scope/**"],
          pool: "forks",
          globalSetup: ["vitest/global-setup.ts"],
          setupFiles: ["vitest/database.ts"],
          testTimeout: 20_000,
          hookTimeout: 60_000,
        },
      },
    ],
  },
});

import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

/** Long coverage experiments: `pnpm test:coverage-of-intervals` runs them. */
export const INTERVAL_TESTS = "packages/*/test/**/*.coverage.test.ts";

/** Tests that take minutes: `pnpm test:slow` runs them. */
export const SLOW_TESTS = "packages/*/test/**/*.slow.test.ts";

export default defineConfig({
  root: fileURLToPath(new URL("..", import.meta.url)),
  test: {
    include: ["packages/*/test/**/*.test.ts"],
    exclude: [INTERVAL_TESTS, SLOW_TESTS, "packages/*/test/**/*.browser.test.ts"],
    testTimeout: 120_000,
    maxWorkers: "100%",
    // Files of one worker share what they import: that takes a third of the time away. No test may leave anything behind in a module.
    isolate: false,
    // What is built is loaded as it is for users, and not transformed once more.
    server: { deps: { external: [/\/packages\/[^/]+\/bundle\//] } },
    globalSetup: fileURLToPath(new URL("bundle.mjs", import.meta.url)),
    reporters: ["default"],
  },
});

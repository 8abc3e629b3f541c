import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

/** Tests that need a browser, and so are no part of npm test. */
export default defineConfig({
  root: fileURLToPath(new URL("..", import.meta.url)),
  test: {
    include: ["packages/*/test/**/*.browser.test.ts"],
    testTimeout: 120_000,
    reporters: ["default"],
  },
});

import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

export default defineConfig({
  root: fileURLToPath(new URL("..", import.meta.url)),
  test: {
    include: ["packages/*/test/**/*.test.ts"],
    exclude: ["packages/*/test/**/*.browser.test.ts"],
    testTimeout: 120_000,
    maxWorkers: "100%",
    reporters: ["default"],
  },
});

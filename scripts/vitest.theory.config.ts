import { defineConfig } from "vitest/config";
import config from "./vitest.config.js";

/** Everything that is held against known answers, the long runs too: `pnpm test:theory`. With LOADSTAR_TELL=1 each estimate is told. */
export default defineConfig({
  ...config,
  test: {
    ...config.test,
    include: ["packages/*/test/**/*.theory.test.ts", "packages/engine/test/**/*.slow.test.ts"],
    exclude: [],
    testTimeout: 1_800_000,
  },
});

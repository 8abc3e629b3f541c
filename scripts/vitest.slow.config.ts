import { defineConfig } from "vitest/config";
import config, { SLOW_TESTS } from "./vitest.config.js";

/** The laws of the simulator, which are asked of few random systems in `npm test`. */
const LAWS = "packages/engine/test/**/*.laws.test.ts";

/** The slow suite, not part of `npm test`: many kills, every reader fed with what is not what it should be, laws of five times as many systems. */
export default defineConfig({
  ...config,
  test: {
    ...config.test,
    include: [SLOW_TESTS, LAWS],
    exclude: [],
    env: { LOADSTAR_LAWS: "5" },
    testTimeout: 1_800_000,
  },
});

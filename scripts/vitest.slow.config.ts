import { defineConfig } from "vitest/config";
import config, { SLOW_TESTS } from "./vitest.config.js";

/** The slow suite, not part of `npm test`: many kills, and every reader fed with what is not what it should be. */
export default defineConfig({
  ...config,
  test: { ...config.test, include: [SLOW_TESTS], exclude: [], testTimeout: 1_800_000 },
});

import { defineConfig } from "vitest/config";
import config, { INTERVAL_TESTS } from "./vitest.config.js";

/** The slow suite, not part of `npm test`: whether the intervals cover what they promise, with long experiments. */
export default defineConfig({
  ...config,
  test: { ...config.test, include: [INTERVAL_TESTS], exclude: [], testTimeout: 600_000 },
});

import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { moments } from "../src/index.js";
import { runs, sample } from "./arbitraries.js";

describe("moments", () => {
  it("moments keeps the range of its sample and the bound of skewness", () => {
    const law = fc.property(sample, (values) => {
      const { n, mean, std, skewness } = moments(values);
      expect(mean).toBeGreaterThanOrEqual(Math.min(...values));
      expect(mean).toBeLessThanOrEqual(Math.max(...values));
      expect(std === 0).toBe(new Set(values).size === 1);
      // Wilkins 1944: |g1| <= (n - 2) / sqrt(n - 1).
      if (std > 0) expect(Math.abs(skewness)).toBeLessThanOrEqual((n - 2) / Math.sqrt(n - 1) + 1e-9);
    });
    fc.assert(law, runs);
  });
});

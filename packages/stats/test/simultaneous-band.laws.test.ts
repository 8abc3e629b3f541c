import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { moments, simultaneousBand } from "../src/index.js";
import { fraction, runs, sample } from "./arbitraries.js";

describe("simultaneousBand", () => {
  it("simultaneousBand contains the mean and widens with confidence and cells", () => {
    const cells = fc.integer({ min: 1, max: 500 });
    const law = fc.property(sample, fraction, fraction, cells, cells, (values, one, other, few, many) => {
      const found = moments(values);
      const narrow = simultaneousBand({ ...found, confidence: Math.min(one, other), cells: Math.min(few, many) });
      const wide = simultaneousBand({ ...found, confidence: Math.max(one, other), cells: Math.max(few, many) });
      expect(narrow.low).toBeLessThanOrEqual(found.mean);
      expect(narrow.high).toBeGreaterThanOrEqual(found.mean);
      const rounding = 1e-9 * found.std;
      expect(wide.low).toBeLessThanOrEqual(narrow.low + rounding);
      expect(wide.high).toBeGreaterThanOrEqual(narrow.high - rounding);
    });
    fc.assert(law, runs);
  });
});

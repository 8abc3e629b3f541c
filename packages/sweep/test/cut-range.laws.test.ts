import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { cutRange } from "../src/chunks/cut-range.js";

const range = fc.record({ first_replication: fc.nat(500), count: fc.integer({ min: 1, max: 500 }) });

describe("cutRange", () => {
  test("cutRange covers every replication once and in order, with cuts at multiples of the size", () => {
    fc.assert(
      fc.property(range, fc.integer({ min: 1, max: 100 }), (whole, size) => {
        let next = whole.first_replication;
        for (const { first_replication, count } of cutRange(whole, size)) {
          expect(first_replication).toBe(next);
          expect(count).toBeGreaterThanOrEqual(1);
          expect(Math.floor((next + count - 1) / size)).toBe(Math.floor(next / size));
          next += count;
        }
        expect(next).toBe(whole.first_replication + whole.count);
      }),
      { seed: 20_261_121, numRuns: 300 },
    );
  });
});

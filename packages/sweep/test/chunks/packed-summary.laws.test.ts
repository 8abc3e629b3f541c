import * as fc from "fast-check";
import { test, expect, describe } from "vitest";
import { packSummary, unpackSummary } from "../../src/chunks/packed-summary.js";

const word = fc.stringMatching(/^[a-z_0-9.]{0,12}$/);
const number = fc.double();

const row = fc.record({
  point_id: fc.constant("users=1"),
  metric: word,
  estimand: word,
  estimate: number,
  std_error: number,
  ci_low: number,
  ci_high: number,
  confidence: number,
  method: word,
  n: fc.nat(),
  n_failed: fc.nat(),
  flags: fc.array(fc.stringMatching(/^[a-z_0-9.]{1,12}$/), { maxLength: 3 }),
});

describe("unpackSummary", () => {
  test("unpackSummary gives the rows that were packed, every number and every flag", () => {
    fc.assert(
      fc.property(fc.array(row, { maxLength: 20 }), (rows) => {
        expect(unpackSummary(structuredClone(packSummary(rows)), "users=1")).toEqual(rows);
      }),
      { seed: 20_261_122, numRuns: 200 },
    );
  });
});

import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { nextLook } from "../../src/index.js";
import type { LookOptions } from "../../src/index.js";
import { runs } from "../arbitraries.js";

function looks(options: LookOptions): number[] {
  const found = [0];
  for (let n = 0; n < options.max; found.push(n)) n = nextLook(n, options);
  return found.slice(1);
}

describe("nextLook", () => {
  it("nextLook goes from 30 by halves, rounded up, to the largest", () => {
    expect(looks({ max: 400 })).toEqual([30, 45, 68, 102, 153, 230, 345, 400]);
    expect(looks({ min: 1, max: 5 })).toEqual([1, 2, 3, 5]);
  });

  it("nextLook looks once if the first look is beyond the largest", () => {
    expect(looks({ max: 20 })).toEqual([20]);
  });

  it("nextLook returns what there is when there are no more looks", () => {
    expect(nextLook(400, { max: 400 })).toBe(400);
    expect(nextLook(500, { max: 400 })).toBe(500);
  });

  it("nextLook refuses what is no number of replications", () => {
    expect(() => nextLook(-1, { max: 9 })).toThrow("Cannot plan looks: n must be an integer >= 0: current value is -1");
    expect(() => nextLook(0, { min: 0, max: 9 })).toThrow(
      "Cannot plan looks: min must be > 0 and finite: current value is 0",
    );
    expect(() => nextLook(0, { max: 1.5 })).toThrow("Cannot plan looks: max must be an integer >= 0");
  });

  it("nextLook rises to the largest within few looks", () => {
    const count = fc.integer({ min: 1, max: 1_000_000 });
    const law = fc.property(count, count, (min, max) => {
      const found = looks({ min, max });
      expect(found.at(-1)).toBe(max);
      expect(found.length).toBeLessThanOrEqual(2 + Math.max(0, Math.log(max / min) / Math.log(1.5)));
    });
    fc.assert(law, runs);
  });
});

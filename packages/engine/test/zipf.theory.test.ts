import { describe, expect, it } from "vitest";
import { chiSquareProbability, PLAUSIBLE } from "./chi-square.js";
import { Variates } from "./variates.js";

interface Size {
  readonly count: number;
  readonly exponent: number;
  readonly draws: number;
}

/** How often each rank comes in so many draws. */
function drawn({ count, exponent, draws }: Size): Float64Array {
  const variates = new Variates("balancer", "keys", { kind: "zipf", count, exponent });
  variates.reset(20_261_121, 0);
  const counts = new Float64Array(count);
  for (let k = 0; k < draws; k++) counts[variates.next() - 1]! += 1;
  return counts;
}

/** How often each rank is expected, by the definition. */
function expected({ count, exponent, draws }: Size): readonly number[] {
  const weights = Array.from({ length: count }, (_, k) => Math.exp(-exponent * Math.log(k + 1)));
  const sum = weights.reduce((total, weight) => total + weight, 0);
  return weights.map((weight) => (draws * weight) / sum);
}

describe("fillerOf", () => {
  it.each([0, 0.5, 0.999_999_999, 1, 1.1, 2.5])(
    "fillerOf draws zipf of exponent %d with the shares of its definition",
    (exponent) => {
      const size = { count: 40, exponent, draws: 400_000 };
      const counts = drawn(size);
      const fit = chiSquareProbability(counts, expected(size));
      expect(fit).toBeGreaterThan(PLAUSIBLE.least);
      expect(fit).toBeLessThan(PLAUSIBLE.most);
      // An exponent that is a little off does not fit.
      expect(chiSquareProbability(counts, expected({ ...size, exponent: exponent + 0.03 }))).toBeLessThan(1e-8);
    },
  );

  it("fillerOf draws zipf of one key and of very many", () => {
    expect(drawn({ count: 1, exponent: 1.1, draws: 100 })).toEqual(Float64Array.of(100));
    const variates = new Variates("balancer", "keys", { kind: "zipf", count: 2_147_483_647, exponent: 0.9 });
    variates.reset(1, 0);
    const values = Array.from({ length: 10_000 }, () => variates.next());
    expect(values.every((value) => Number.isInteger(value) && value >= 1 && value <= 2_147_483_647)).toBe(true);
    expect(Math.max(...values)).toBeGreaterThan(1e9);
  });
});

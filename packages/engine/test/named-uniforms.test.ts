import { describe, expect, it } from "vitest";
import { namedUniforms } from "../src/index.js";

const name = { component: "", purpose: "design", seed: 20_261_121, replication: 0 };

function first(changes: Partial<typeof name> = {}): readonly number[] {
  const random = namedUniforms({ ...name, ...changes });
  return Array.from({ length: 3 }, () => random());
}

describe("namedUniforms", () => {
  it("namedUniforms gives the same numbers of [0, 1) for the same name, others for any other", () => {
    expect(first()).toEqual(first());
    expect(first().every((u) => u >= 0 && u < 1)).toBe(true);
    const others = [
      { component: "a" },
      { purpose: "b" },
      { seed: 7 },
      { seed: 20_261_121 + 2 ** 32 },
      { replication: 1 },
    ];
    expect(new Set([{}, ...others].map((changes) => first(changes).join())).size).toBe(6);
  });

  it("namedUniforms has the mean and the variance of a uniform", () => {
    const random = namedUniforms(name);
    let sum = 0;
    let squares = 0;
    for (let k = 0; k < 100_000; k++) {
      const centred = random() - 0.5;
      sum += centred;
      squares += centred * centred;
    }
    // Standard deviations 0.000913 and 0.000236.
    expect(Math.abs(sum / 100_000)).toBeLessThan(4 * 0.000_913);
    expect(Math.abs(squares / 100_000 - 1 / 12)).toBeLessThan(4 * 0.000_236);
  });
});

import { describe, expect, it } from "vitest";
import { differenceInterval, meanInterval, tornado } from "../src/index.js";

const confidence = 0.9;
const base = [10, 12, 11];

describe("tornado", () => {
  it("tornado gives paired differences, the longest span first", () => {
    const factors = [
      { name: "short", low: [9, 11, 11], high: [11, 13, 11] },
      { name: "one-sided", low: [14, 17, 15], high: [13, 15, 15] },
      { name: "long", low: [5, 8, 7], high: [12, 13, 13] },
      { name: "idle", low: base, high: base },
    ];
    const found = tornado({ base, factors, confidence });
    expect(found.base).toEqual(meanInterval(base, { confidence }));
    expect(found.bars.map(({ name }) => name)).toEqual(["long", "one-sided", "short", "idle"]);
    const paired = { confidence, paired: true };
    expect(found.bars[0]).toEqual({
      name: "long",
      low: differenceInterval(base, [5, 8, 7], paired),
      high: differenceInterval(base, [12, 13, 13], paired),
      swing: differenceInterval([5, 8, 7], [12, 13, 13], paired),
    });
    expect(found.bars[0].low.estimate).toBeCloseTo(-13 / 3, 12);
    expect(found.bars[3].swing).toMatchObject({ estimate: 0, ci_low: 0, ci_high: 0, flags: ["no_difference"] });
  });

  it("tornado keeps the order of equal bars and puts unknown ones last", () => {
    const high = [11, 13, 12];
    const factors = ["none", "a", "b"].map((name) => ({
      name,
      low: base,
      high: name === "none" ? [NaN, NaN, NaN] : high,
    }));
    expect(tornado({ base, factors, confidence }).bars.map(({ name }) => name)).toEqual(["a", "b", "none"]);
  });

  it("tornado refuses samples of different lengths", () => {
    const factors = [{ name: "a", low: [1, 2], high: [1, 2, 3] }];
    expect(() => tornado({ base, factors, confidence })).toThrow("paired samples must have the same length");
  });
});

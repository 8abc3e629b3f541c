import { describe, expect, it } from "vitest";
import { sobolPoints } from "../src/index.js";
import { MAX_SOBOL_DIMENSIONS, sobolCells } from "../src/design/sobol-cells.js";
import { seededRandom } from "./seeded-random.js";

describe("sobolCells", () => {
  it("sobolCells gives the first points of dimensions 1 to 3 as published", () => {
    const points = [0, 1, 2].map((dimension) => Array.from(sobolCells({ samples: 8, dimension }), (cell) => cell / 8));
    expect(points).toEqual([
      [0, 0.5, 0.75, 0.25, 0.375, 0.875, 0.625, 0.125],
      [0, 0.5, 0.25, 0.75, 0.375, 0.875, 0.125, 0.625],
      [0, 0.5, 0.25, 0.75, 0.625, 0.125, 0.875, 0.375],
    ]);
  });

  it("sobolCells agrees with an independent implementation in all 64 dimensions", () => {
    // Sums h = (31 h + cell) mod 1,000,003 over the first 1,024 points of SciPy 1.17.1, qmc.Sobol(64, scramble=False).
    const expected = [
      106441, 581320, 370505, 159167, 771915, 824612, 355857, 38123, 50011, 180505, 446652, 97232, 257967, 346028,
      771108, 678974, 355845, 603081, 529068, 915671, 619206, 459830, 70056, 936642, 120855, 6116, 263580, 990402,
      920161, 773147, 280935, 627316, 192844, 735436, 367376, 696055, 412417, 957690, 416798, 767205, 222876, 906860,
      176998, 764753, 268925, 45960, 22444, 132758, 888986, 164563, 48064, 879479, 481519, 516009, 257462, 133003,
      700863, 29168, 780067, 598714, 109042, 739065, 538389, 186881,
    ];
    const sums = expected.map((_, dimension) =>
      sobolCells({ samples: 1024, dimension }).reduce((sum, cell) => (31 * sum + cell) % 1_000_003, 0),
    );
    expect(sums).toEqual(expected);
    expect(MAX_SOBOL_DIMENSIONS).toBe(expected.length);
  });
});

describe("sobolPoints", () => {
  it("sobolPoints of one point is one uniform point", () => {
    expect(sobolPoints({ samples: 1, dimensions: 2, random: () => 0.25 })).toEqual([Float64Array.of(0.25, 0.25)]);
  });

  it("sobolPoints with coins that never flip are the sequence itself, in the middle of its cells", () => {
    const coins = [0.5, 0.5, 0.5, 0.5];
    const draws = [...coins, ...coins.map(() => 0.5)].values();
    const points = sobolPoints({ samples: 4, dimensions: 1, random: () => 0.5 * Number(!draws.next().done) });
    expect(points.map(([x]) => x)).toEqual([0.5, 2.5, 3.5, 1.5].map((cell) => 1 - cell / 4));
  });

  it("sobolPoints refuses what it cannot draw", () => {
    const valid = { samples: 8, dimensions: 2, random: seededRandom(1) };
    expect(() => sobolPoints({ ...valid, samples: 12 })).toThrow(
      new RangeError("Cannot draw Sobol points: samples must be a power of two: current value is 12"),
    );
    expect(() => sobolPoints({ ...valid, samples: 0 })).toThrow("samples must be an integer from 1 to 1048576");
    expect(() => sobolPoints({ ...valid, samples: 2_097_152 })).toThrow("samples must be an integer from 1 to 1048576");
    expect(() => sobolPoints({ ...valid, dimensions: 65 })).toThrow("dimensions must be an integer from 1 to 64");
    expect(() => sobolPoints({ ...valid, dimensions: 1.5 })).toThrow("dimensions must be an integer from 1 to 1000");
  });
});

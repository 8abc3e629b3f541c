import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { kimNelsonConstants, kimNelsonStep } from "../../src/index.js";
import type { SelectionOptions } from "../../src/index.js";
import { runs } from "../arbitraries.js";
import { normal } from "../laws-of-chance.js";
import { seededRandom } from "../seeded-random.js";

const options: SelectionOptions = { indifference: 1, confidence: 0.95, n0: 10, better: "larger" };

describe("kimNelsonConstants", () => {
  it("kimNelsonConstants of five systems after ten replications are the published ones", () => {
    const { eta, h2 } = kimNelsonConstants({ systems: 5, n0: 10, confidence: 0.95 });
    expect(eta).toBeCloseTo(0.634967, 6);
    expect(h2).toBeCloseTo(11.429411, 6);
  });

  it("kimNelsonConstants of two systems after three: eta = (0.1^-1 - 1) / 2", () => {
    const { eta, h2 } = kimNelsonConstants({ systems: 2, n0: 3, confidence: 0.95 });
    expect(eta).toBeCloseTo(4.5, 12);
    expect(h2).toBeCloseTo(18, 12);
  });

  it("kimNelsonConstants refuse what guarantees nothing", () => {
    const refused =
      (found: Parameters<typeof kimNelsonConstants>[0]): (() => unknown) =>
      () =>
        kimNelsonConstants(found);
    expect(refused({ systems: 1, n0: 10, confidence: 0.95 })).toThrow(
      "Cannot select the best: systems must be an integer >= 2: current value is 1",
    );
    expect(refused({ systems: 2, n0: 1, confidence: 0.95 })).toThrow("n0 must be an integer >= 2: current value is 1");
    expect(refused({ systems: 4, n0: 10, confidence: 0.25 })).toThrow("confidence must be > 1 / systems");
    expect(refused({ systems: 4, n0: 10, confidence: 1 })).toThrow("confidence must be > 0 and < 1");
  });
});

/** Differences from the first system: -gap - spread, -gap + spread, ... */
function apart({ gap, spread, n }: { gap: number; spread: number; n: number }): number[][] {
  const signs = Array.from({ length: n }, (_, j) => (j % 2 === 0 ? 1 : -1));
  return [signs.map(() => 0), signs.map((sign) => -gap - sign * spread)];
}

describe("kimNelsonStep", () => {
  it("kimNelsonStep eliminates where the sums are far enough apart", () => {
    // k = 2, n0 = 10: h^2 = 9 (0.1^(-2/9) - 1) = 6.012810; S^2 = 10/9 4 = 40/9; room (26.72360 - r) / 2.
    // Sums are apart by r: r >= (26.72360 - r) / 2 from r = 8.9 on, so at 10.
    const one = kimNelsonStep(apart({ gap: 1, spread: 2, n: 10 }), options);
    expect(one).toEqual({
      best_index: 0,
      survivors: [0],
      eliminated_at: Float64Array.of(NaN, 10),
      n: 10,
      n_next: 10,
      flags: [],
    });
    // By r / 4 + 2 where r is odd: 19 / 4 + 2 = 6.75 > (26.72 - 19) / 2 = 3.86 and so at 15: 5.75 > 5.86 is not, at 17: 6.25 > 4.86.
    const late = kimNelsonStep(apart({ gap: 0.25, spread: 2, n: 30 }), options);
    expect([late.best_index, late.n]).toEqual([0, 17]);
  });

  it("kimNelsonStep selects the better mean when no room is left", () => {
    // Sums are level at every even r, apart by 2 at odd ones, by less than the room until r = 23.
    const { best_index, n } = kimNelsonStep(apart({ gap: 0, spread: 2, n: 30 }), options);
    expect([best_index, n]).toEqual([0, 23]);
  });

  it("kimNelsonStep asks for the first stage, then for half as many again, never beyond the last", () => {
    const samples = apart({ gap: 0, spread: 2, n: 22 });
    const upTo = (n: number): number[][] => samples.map((values) => values.slice(0, n));
    expect(kimNelsonStep(upTo(3), options)).toMatchObject({
      best_index: undefined,
      survivors: [0, 1],
      n: 3,
      n_next: 10,
    });
    expect(kimNelsonStep(upTo(10), options)).toMatchObject({ best_index: undefined, n: 10, n_next: 15 });
    expect(kimNelsonStep(upTo(22), options)).toMatchObject({ best_index: undefined, n: 22, n_next: 27 });
  });

  it("kimNelsonStep takes the smaller mean for the better one if it is told so", () => {
    const samples = apart({ gap: 1, spread: 2, n: 10 });
    expect(kimNelsonStep(samples, { ...options, better: "smaller" }).best_index).toBe(1);
  });

  it("kimNelsonStep eliminates a system where it fails", () => {
    const [one = [], other = []] = apart({ gap: 1, spread: 2, n: 10 });
    const failed = kimNelsonStep([one.with(6, NaN), other], options);
    expect(failed).toMatchObject({ best_index: 1, flags: ["failed_replications"] });
    expect([...failed.eliminated_at]).toEqual([7, NaN]);
    const none = kimNelsonStep([one.with(6, NaN), other.with(3, Infinity)], options);
    expect(none).toMatchObject({ best_index: undefined, survivors: [] });
    expect(none.n_next).toBe(none.n);
  });

  it("kimNelsonStep goes on while a difference does not vary", () => {
    const sleeping = (n: number): number[][] => [
      Array.from({ length: n }, () => 0.1),
      Array.from({ length: n }, () => 0.3),
    ];
    expect(kimNelsonStep(sleeping(100), options)).toMatchObject({
      best_index: undefined,
      n: 100,
      n_next: 150,
      flags: ["zero_variance"],
    });
    const [one = [], other = []] = sleeping(100);
    expect(kimNelsonStep([one.with(60, 5), other], { ...options, indifference: 0.1 })).toMatchObject({ flags: [] });
  });

  it("kimNelsonStep eliminates others while two that are the same stay", () => {
    const [best = [], worse = []] = apart({ gap: 1, spread: 2, n: 40 });
    const found = kimNelsonStep([best, worse, [...best]], { ...options, n0: 12 });
    expect(found).toMatchObject({
      best_index: undefined,
      survivors: [0, 2],
      n: 40,
      n_next: 60,
      flags: ["zero_variance"],
    });
    expect(found.eliminated_at[1]).toBe(12);
    // One better value of forty is a variance, and a small one: no room is left.
    const last = kimNelsonStep([best, worse, best.with(39, 0.1)], { ...options, n0: 12 });
    expect(last).toMatchObject({ best_index: 2, n: 40, flags: [] });
  });

  it("kimNelsonStep does not depend on how replications were cut into steps", () => {
    const law = fc.property(
      fc.integer({ min: 2, max: 5 }),
      fc.integer({ min: 0, max: 2 ** 31 }),
      fc.double({ min: 0.2, max: 2, noNaN: true }),
      fc.array(fc.integer({ min: 1, max: 40 }), { maxLength: 8 }),
      (systems, seed, indifference, steps) => {
        const random = seededRandom(seed);
        const samples = Array.from({ length: systems }, () => Float64Array.from({ length: 200 }, () => normal(random)));
        const found = { ...options, indifference };
        const whole = kimNelsonStep(samples, found);
        let survivors = samples.map((_, index) => index);
        let n = 0;
        const lengths = samples.map(() => 0);
        for (const step of [...steps, 200]) {
          n = Math.min(200, n + step);
          for (const index of survivors) lengths[index] = n;
          const now = kimNelsonStep(
            samples.map((values, index) => values.subarray(0, lengths[index])),
            found,
          );
          survivors = [...now.survivors];
          if (now.best_index !== undefined || n === 200) {
            expect(now).toEqual(whole);
            return;
          }
        }
      },
    );
    fc.assert(law, runs);
  });

  it("kimNelsonStep refuses an indifference of nothing", () => {
    expect(() => kimNelsonStep(apart({ gap: 1, spread: 1, n: 10 }), { ...options, indifference: 0 })).toThrow(
      "Cannot select the best: indifference must be > 0 and finite: current value is 0",
    );
  });
});

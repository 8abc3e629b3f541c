import { describe, expect, it } from "vitest";
import { ConcurrencyLimit, LIMIT_AIMD, LIMIT_GRADIENT } from "../src/kernel/protection/concurrency-limit.js";
import { Shedding, SHED_BY_LATENCY, SHED_BY_UTILIZATION } from "../src/kernel/protection/shedding.js";
import { NumberReader } from "../src/platform/number-reader.js";
import { Level } from "../src/record/level.js";

function limitOf(...numbers: readonly number[]): ConcurrencyLimit {
  const limit = new ConcurrencyLimit(new NumberReader(Float64Array.from(numbers)));
  limit.reset();
  return limit;
}

function sheddingOf(cpu: Level, ...numbers: readonly number[]): Shedding {
  const shedding = new Shedding(new NumberReader(Float64Array.from(numbers)), cpu);
  shedding.reset();
  return shedding;
}

describe("ConcurrencyLimit", () => {
  it("ConcurrencyLimit of aimd adds one where half of it is used, and cuts a share after a loss", () => {
    const limit = limitOf(LIMIT_AIMD, 10, 2, 12, 1, 0.9, 0, 0, 0);
    const learned = (took_s: number, inside: number, lost = false): number => {
      limit.learn(took_s, inside, lost);
      return limit.current;
    };
    expect([learned(1, 5), learned(1, 5), learned(1, 6), learned(1, 12)]).toEqual([11, 11, 12, 12]);
    expect([learned(1.1, 12), learned(0.1, 1, true), learned(2, 1), learned(2, 1)]).toEqual([10, 9, 8, 7]);
    expect(Array.from({ length: 7 }, () => learned(2, 1))).toEqual([6, 5, 4, 3, 2, 2, 2]);
  });

  it("ConcurrencyLimit of gradient follows times beside their long average", () => {
    const limit = limitOf(LIMIT_GRADIENT, 20, 1, 100, 0, 0, 1.5, 0.2, 4);
    const learned = (took_s: number, inside: number): number => {
      limit.learn(took_s, inside, false);
      return limit.current;
    };
    // A steady time lets it grow by a fifth of 4: 20.8, 21.6.
    expect([learned(0.1, 20), learned(0.1, 20)]).toEqual([20, 21]);
    // Averages .26667; gradient 1.5 x .26667 / .6 = 2/3: .8 x 21.6 + .2 x (14.4 + 4) = 20.96.
    expect(learned(0.6, 20)).toBe(20);
    // Back to .1: it grows to 21.76. The average was .225, more than twice that, and becomes .21375.
    expect(learned(0.1, 20)).toBe(21);
    // Fewer than half of it: it stays. The average goes to .191.
    expect(learned(0.1, 10)).toBe(21);
    // Average .225833, gradient .846875: .8 x 21.76 + .2 x (18.428 + 4) = 21.8936; and with half of that once more.
    expect(learned(0.4, 20)).toBe(21);
    expect([learned(0, 20), learned(0.1, 20), learned(0.1, 20)]).toEqual([21, 22, 23]);
    // It falls by a tenth at most, less 0.8: .9 x 23.49 + .8 = 21.94.
    expect(learned(1000, 20)).toBe(21);
  });

  it("ConcurrencyLimit of gradient stays within its ends, and falls to twice its growth at least", () => {
    const learnAll = (limit: ConcurrencyLimit, times_s: readonly number[]): number => {
      for (const took_s of times_s) limit.learn(took_s, 100, false);
      return limit.current;
    };
    const steady = Array.from({ length: 200 }, () => 0.1);
    const slower = Array.from({ length: 200 }, (_, k) => 1.5 ** k);
    expect(learnAll(limitOf(LIMIT_GRADIENT, 20, 12, 33, 0, 0, 1, 0.2, 4), steady)).toBe(33);
    expect(learnAll(limitOf(LIMIT_GRADIENT, 20, 12, 33, 0, 0, 1, 0.2, 4), slower)).toBe(12);
    expect(learnAll(limitOf(LIMIT_GRADIENT, 20, 1, 33, 0, 0, 1, 0.2, 4), slower)).toBe(8);
    expect(learnAll(limitOf(LIMIT_GRADIENT, 20, 1, 33, 0, 0, 1, 0.2, 1), slower)).toBe(2);
  });
});

describe("Shedding", () => {
  it("Shedding by utilization averages the use of cores exponentially, across the end of the warm-up", () => {
    const cpu = new Level(0);
    const shedding = sheddingOf(cpu, SHED_BY_UTILIZATION, 0.6, 1, 0, 2);
    cpu.change(2, 0);
    // 1 - e^-.5 = .39, 1 - 1/e = .63.
    expect(shedding.sheds(1, 0.5)).toBe(false);
    cpu.restart(0.7);
    expect([shedding.sheds(1, 1), shedding.sheds(0, 1)]).toEqual([true, false]);
    cpu.change(-2, 1);
    // .63 e^-.05 = .6013, .63 e^-.06 = .595.
    expect([shedding.sheds(1, 1.05), shedding.sheds(1, 1.06)]).toEqual([true, false]);
  });

  it("Shedding by latency averages times, and lets that fade while nothing ends", () => {
    const shedding = sheddingOf(new Level(0), SHED_BY_LATENCY, 0.6, 1, -1, 2);
    expect(shedding.sheds(0, 5)).toBe(false);
    shedding.learn(3, 0.5);
    // 3 (1 - e^-.5) = 1.18, and .6 after .677 s.
    expect([shedding.sheds(0, 0.5), shedding.sheds(0, 1.17), shedding.sheds(0, 1.18)]).toEqual([true, true, false]);
    shedding.learn(0, 1.17);
    expect(shedding.sheds(0, 1.17)).toBe(true);
    shedding.learn(0, 1.2);
    expect(shedding.sheds(0, 1.2)).toBe(false);
  });
});

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Levels } from "../src/record/levels.js";

const runs = { seed: 20_261_121, numRuns: 300 };
const CELLS = 8;
const WIDTH = 4;

interface Change {
  readonly time: number;
  readonly level: number;
  readonly delta: number;
}

/** Changes of two levels in [0, 32) on a grid of quarters, in order of time; sums of quarters are exact. */
const changes = fc
  .array(
    fc.record({
      time: fc.integer({ min: 0, max: 4 * CELLS * WIDTH - 1 }).map((quarter) => quarter / 4),
      level: fc.nat(1),
      delta: fc.integer({ min: -3, max: 5 }),
    }),
    { maxLength: 60 },
  )
  .map((list): readonly Change[] => list.toSorted((a, b) => a.time - b.time));

/** The step function itself: value of a level just after `time`. */
function valueAt(list: readonly Change[], level: number, time: number): number {
  return list.reduce((sum, change) => (change.level === level && change.time <= time ? sum + change.delta : sum), 0);
}

/** Its integral over [from, to], quarter by quarter. */
function integral(list: readonly Change[], level: number, from: number, to: number): number {
  let sum = 0;
  for (let time = from; time < to; time += 0.25) sum += 0.25 * valueAt(list, level, time);
  return sum;
}

/** Its maximum over [from, Infinity), every change counted for itself, as levels at one time are. */
function maximumFrom(list: readonly Change[], level: number, from: number): number {
  let value = 0;
  let highest = from === 0 ? 0 : Number.NEGATIVE_INFINITY;
  for (const change of list.filter((one) => one.level === level)) {
    if (change.time >= from) highest = Math.max(highest, value);
    value += change.delta;
    if (change.time >= from) highest = Math.max(highest, value);
  }
  return Math.max(highest, value);
}

/** Plays changes and cell ends as a run does: what happens at the end of a cell belongs to the next one. */
function played(list: readonly Change[], restart = Number.POSITIVE_INFINITY): Levels {
  const levels = new Levels(2, CELLS);
  let cell = 0;
  let restarted = false;
  const pass = (time: number): void => {
    for (;;) {
      const end = (cell + 1) * WIDTH;
      if (!restarted && restart <= Math.min(time, cell < CELLS ? end : time)) {
        levels.restart(restart);
        restarted = true;
      } else if (cell < CELLS && end <= time) levels.closeCell(cell++, WIDTH, end);
      else return;
    }
  };
  for (const { time, level, delta } of list) {
    pass(time);
    levels.change(level, delta, time);
  }
  pass(CELLS * WIDTH);
  levels.settle(CELLS * WIDTH);
  return levels;
}

describe("Levels", () => {
  it("Levels.area is the integral of the step function, Levels.maximum its largest value", () => {
    const law = fc.property(changes, (list) => {
      const levels = played(list);
      for (const level of [0, 1]) {
        expect(levels.area(level)).toBe(integral(list, level, 0, CELLS * WIDTH));
        expect(levels.maximum(level)).toBe(maximumFrom(list, level, 0));
        expect(levels.value(level)).toBe(valueAt(list, level, CELLS * WIDTH));
      }
    });
    fc.assert(law, runs);
  });

  it("Levels.cellMeans are the averages over the cells, and add up to the whole", () => {
    const law = fc.property(changes, (list) => {
      const levels = played(list);
      for (const level of [0, 1]) {
        const means = levels.cellMeans.subarray(level * CELLS, (level + 1) * CELLS);
        for (const [cell, mean] of means.entries())
          expect(mean).toBe(integral(list, level, cell * WIDTH, (cell + 1) * WIDTH) / WIDTH);
        expect(means.reduce((sum, mean) => sum + mean * WIDTH, 0)).toBe(levels.area(level));
      }
    });
    fc.assert(law, runs);
  });

  it("Levels.cellEnds are the values just before the cells end", () => {
    const law = fc.property(changes, (list) => {
      const levels = played(list);
      for (const level of [0, 1])
        for (let cell = 0; cell < CELLS; cell++)
          expect(levels.cellEnds[level * CELLS + cell]).toBe(valueAt(list, level, (cell + 1) * WIDTH - 0.25));
    });
    fc.assert(law, runs);
  });

  it("Levels.restart forgets what was before and leaves the series alone", () => {
    const warmUp = fc.integer({ min: 0, max: 4 * CELLS * WIDTH }).map((quarter) => quarter / 4);
    const law = fc.property(changes, warmUp, (list, time) => {
      const restarted = played(list, time);
      const plain = played(list);
      for (const level of [0, 1]) {
        expect(restarted.area(level)).toBe(integral(list, level, time, CELLS * WIDTH));
        expect(restarted.maximum(level)).toBe(maximumFrom(list, level, time));
        expect(restarted.value(level)).toBe(plain.value(level));
      }
      expect(restarted.cellMeans).toEqual(plain.cellMeans);
      expect(restarted.cellEnds).toEqual(plain.cellEnds);
    });
    fc.assert(law, runs);
  });

  it("Levels.reset empties everything", () => {
    const levels = played([{ time: 1, level: 0, delta: 3 }]);
    levels.reset();
    expect([levels.value(0), levels.area(0), levels.maximum(0)]).toEqual([0, 0, 0]);
    expect(levels.cellMeans.every((mean) => mean === 0)).toBe(true);
    levels.settle(0);
    expect(levels.area(0)).toBe(0);
  });
});

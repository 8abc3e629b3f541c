import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { NumberReader } from "../src/platform/number-reader.js";
import { NumberWriter } from "../src/platform/number-writer.js";
import { Level } from "../src/record/level.js";

const runs = { seed: 20_261_121, numRuns: 150 };
const CELLS = 8;
const WIDTH = 4;

interface Change {
  readonly time: number;
  readonly delta: number;
}

/** Changes of a level in [0, 32) on a grid of quarters, in order of time; sums of quarters are exact. */
const changes = fc
  .array(
    fc.record({
      time: fc.integer({ min: 0, max: 4 * CELLS * WIDTH - 1 }).map((quarter) => quarter / 4),
      delta: fc.integer({ min: -3, max: 5 }),
    }),
    { maxLength: 40, size: "max" },
  )
  .map((list): readonly Change[] => list.toSorted((a, b) => a.time - b.time));
const warmUp = fc.integer({ min: 0, max: 4 * CELLS * WIDTH }).map((quarter) => quarter / 4);

/** The step function itself: its value just after `time`. */
function valueAt(list: readonly Change[], time: number): number {
  return list.reduce((sum, change) => (change.time <= time ? sum + change.delta : sum), 0);
}

/** Its integral over [from, to], quarter by quarter. */
function integral(list: readonly Change[], from: number, to: number): number {
  let sum = 0;
  for (let time = from; time < to; time += 0.25) sum += 0.25 * valueAt(list, time);
  return sum;
}

/** Its maximum over [from, Infinity), every change counted for itself, as levels at one time are. */
function maximumFrom(list: readonly Change[], from: number): number {
  let value = 0;
  let highest = from === 0 ? 0 : Number.NEGATIVE_INFINITY;
  for (const change of list) {
    if (change.time >= from) highest = Math.max(highest, value);
    value += change.delta;
    if (change.time >= from) highest = Math.max(highest, value);
  }
  return Math.max(highest, value);
}

/** Plays changes and cell ends as a run does: what happens at the end of a cell belongs to the next one. */
function play(level: Level, list: readonly Change[], restart = Number.POSITIVE_INFINITY): Level {
  let cell = 0;
  let restarted = false;
  const pass = (time: number): void => {
    for (;;) {
      const end = (cell + 1) * WIDTH;
      if (!restarted && restart <= Math.min(time, cell < CELLS ? end : time)) {
        level.restart(restart);
        restarted = true;
      } else if (cell < CELLS && end <= time) level.closeCell(cell++, WIDTH, end);
      else return;
    }
  };
  for (const { time, delta } of list) {
    pass(time);
    level.change(delta, time);
  }
  pass(CELLS * WIDTH);
  level.settle(CELLS * WIDTH);
  return level;
}

function played(list: readonly Change[], restart = Number.POSITIVE_INFINITY): Level {
  return play(new Level(CELLS), list, restart);
}

interface Saved {
  readonly area: number;
  readonly maximum: number;
  readonly cellMeans: Float64Array;
  readonly cellEnds: Float64Array;
}

/** What a level saves of itself and its first `cells`. */
function savedOf(level: Level, cells = CELLS): Saved {
  const writer = new NumberWriter();
  level.save(writer, cells);
  expect(writer.length).toBe(2 + 2 * cells);
  const reader = new NumberReader(writer.values);
  return {
    area: reader.number(),
    maximum: reader.number(),
    cellMeans: reader.numbers(cells),
    cellEnds: reader.numbers(cells),
  };
}

describe("Level", () => {
  it("Level saves the integral of the step function as its area, and its largest value as its maximum", () => {
    const law = fc.property(changes, (list) => {
      const level = played(list);
      const { area, maximum } = savedOf(level);
      expect(area).toBe(integral(list, 0, CELLS * WIDTH));
      expect(maximum).toBe(maximumFrom(list, 0));
      expect(level.value).toBe(valueAt(list, CELLS * WIDTH));
    });
    fc.assert(law, runs);
  });

  it("Level.settle brings the area up to any time and changes nothing else", () => {
    const law = fc.property(changes, fc.array(warmUp, { maxLength: 5 }), (list, times) => {
      const level = new Level(0);
      for (const { time, delta } of list) level.change(delta, time);
      const end = CELLS * WIDTH;
      for (const later of times.toSorted((a, b) => a - b)) {
        level.settle(end + later);
        const { area, maximum } = savedOf(level, 0);
        expect(area).toBe(integral(list, 0, end) + later * valueAt(list, end));
        expect(level.value).toBe(valueAt(list, end));
        expect(maximum).toBe(maximumFrom(list, 0));
      }
    });
    fc.assert(law, runs);
  });

  it("Level.closeCell averages over the cell, and the cells add up to the whole", () => {
    const law = fc.property(changes, (list) => {
      const { area, cellMeans } = savedOf(played(list));
      for (const [cell, mean] of cellMeans.entries())
        expect(mean).toBe(integral(list, cell * WIDTH, (cell + 1) * WIDTH) / WIDTH);
      expect(cellMeans.reduce((sum, mean) => sum + mean * WIDTH, 0)).toBe(area);
    });
    fc.assert(law, runs);
  });

  it("Level.closeCell keeps the value just before the cell ends", () => {
    const law = fc.property(changes, (list) => {
      const { cellEnds } = savedOf(played(list));
      for (const [cell, end] of cellEnds.entries()) expect(end).toBe(valueAt(list, (cell + 1) * WIDTH - 0.25));
    });
    fc.assert(law, runs);
  });

  it("Level.restart forgets what was before and leaves the series alone", () => {
    const law = fc.property(changes, warmUp, (list, time) => {
      const restarted = played(list, time);
      const plain = played(list);
      expect(restarted.value).toBe(plain.value);
      expect(savedOf(restarted)).toEqual({
        ...savedOf(plain),
        area: integral(list, time, CELLS * WIDTH),
        maximum: maximumFrom(list, time),
      });
    });
    fc.assert(law, runs);
  });

  it("Level.reset starts as a new level does", () => {
    const law = fc.property(changes, changes, warmUp, (before, after, time) => {
      const level = played(before, time);
      // A change after the last cell, as in a run that was cut.
      level.change(1, CELLS * WIDTH + 1);
      level.reset();
      expect(level.value).toBe(0);
      expect(savedOf(level, 0)).toEqual(savedOf(new Level(0), 0));
      expect(savedOf(play(level, after))).toEqual(savedOf(played(after)));
    });
    fc.assert(law, runs);
  });

  it("Level.save writes only the cells that are closed, and changes nothing", () => {
    const law = fc.property(changes, warmUp, fc.nat(CELLS), (list, time, closed) => {
      const level = played(list, time);
      const all = savedOf(level);
      expect(savedOf(level, closed)).toEqual({
        ...all,
        cellMeans: all.cellMeans.slice(0, closed),
        cellEnds: all.cellEnds.slice(0, closed),
      });
      expect(savedOf(level)).toEqual(all);
    });
    fc.assert(law, runs);
  });
});

import { describe, expect, test } from "vitest";
import type { PointRange } from "../src/chunks/chunk-keeper.js";
import { takeBatch } from "../src/take-batch.js";

/** Chunks of so many replications where 100 are a usual one: how the batches divide them, so many at once. */
function batches(
  counts: readonly number[],
  { tasks, left }: { readonly tasks: number; readonly left: number },
): unknown {
  const chunks = counts.map((count, point) => ({ point, range: { first_replication: 0, count } }));
  const share = ({ range }: PointRange): number => range.count / 100;
  const taken: number[][] = [];
  for (;;) {
    const batch = takeBatch(() => chunks.shift(), { share, tasks, left });
    if (batch.length === 0) return taken;
    taken.push(batch.map(({ range }) => range.count));
  }
}

describe("takeBatch", () => {
  test.each([
    ["one of the usual size alone", [100, 100], [[100], [100]]],
    ["a larger one alone", [300, 300], [[300], [300]]],
    ["short ones until they are one of the usual size", [40, 40, 40, 40], [[40, 40, 40], [40]]],
    ["a rest together with what follows", [30, 100, 100], [[30, 100], [100]]],
    ["nothing of nothing", [], []],
  ])("takeBatch takes %s", (_, counts, wanted) => {
    expect(batches(counts, { tasks: 4, left: 1000 })).toEqual(wanted);
  });

  test("takeBatch takes so few near the end that there is something for every thread, and one at least", () => {
    expect(batches([1, 1, 1, 1, 1, 1], { tasks: 4, left: 8 })).toEqual([
      [1, 1],
      [1, 1],
      [1, 1],
    ]);
    expect(batches([1, 1, 1, 1], { tasks: 4, left: 5 })).toEqual([
      [1, 1],
      [1, 1],
    ]);
    expect(batches([1, 1], { tasks: 4, left: 0 })).toEqual([[1], [1]]);
  });

  test("takeBatch takes no more than 64 however short they are", () => {
    const taken = batches(
      Array.from({ length: 100 }, () => 1),
      { tasks: 1, left: 1000 },
    ) as readonly number[][];
    expect(taken.map(({ length }) => length)).toEqual([64, 36]);
  });
});

import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { ChunkPlanner, type ChunkSpan } from "../src/chunk-planner.js";

describe("ChunkPlanner", () => {
  test("ChunkPlanner covers every replication of every point once and in order, whatever it learns", () => {
    const cost = fc.tuple(fc.integer({ min: 1, max: 100 }), fc.double({ min: 0, max: 1000, noNaN: true }));
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 6 }),
        fc.integer({ min: 1, max: 200 }),
        fc.integer({ min: 0, max: 3_000_000 }),
        fc.infiniteStream(fc.option(cost)),
        (points, replications, series_values, costs) => {
          const planner = new ChunkPlanner({ points, replications, series_values });
          const covered: string[] = [];
          for (let span = planner.next(); span !== undefined; span = planner.next()) {
            expect(span.count).toBeGreaterThanOrEqual(1);
            covered.push(...replicationsOf(span));
            const learned = costs.next().value as readonly [number, number] | null;
            if (learned !== null) planner.learn(...learned);
          }
          const all = Array.from({ length: points }, (_, point) =>
            replicationsOf({ point, first_replication: 0, count: replications }),
          );
          expect(covered).toEqual(all.flat());
          expect(planner.next()).toBeUndefined();
        },
      ),
      { seed: 20_261_121, numRuns: 300 },
    );
  });

  test("ChunkPlanner never brings back more than a million series values at once, but for a single replication", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 2_000_000 }), (series_values) => {
        const planner = new ChunkPlanner({ points: 1, replications: 10_000_000, series_values });
        for (let k = 0; k < 40; k++) planner.learn(1, 0);
        const count = planner.next()?.count ?? 0;
        expect(count === 1 || count * series_values <= 1_000_000).toBe(true);
      }),
      { seed: 20_261_121, numRuns: 200 },
    );
  });
});

describe("ChunkPlanner", () => {
  test("ChunkPlanner begins with single replications and grows to a tenth of a second of work", () => {
    const planner = new ChunkPlanner({ points: 1, replications: 1_000_000, series_values: 10 });
    expect(planner.next()).toEqual({ point: 0, first_replication: 0, count: 1 });
    for (let k = 0; k < 50; k++) planner.learn(10, 0.01);
    expect(planner.next()).toEqual({ point: 0, first_replication: 1, count: 99 });
  });

  test("ChunkPlanner does not let a task reach into the next point", () => {
    const planner = new ChunkPlanner({ points: 2, replications: 5, series_values: 0 });
    for (let k = 0; k < 20; k++) planner.learn(1000, 0.001);
    expect(planner.next()).toEqual({ point: 0, first_replication: 0, count: 5 });
    expect(planner.next()).toEqual({ point: 1, first_replication: 0, count: 5 });
  });
});

function replicationsOf({ point, first_replication, count }: ChunkSpan): readonly string[] {
  return Array.from({ length: count }, (_, k) => `${point}/${first_replication + k}`);
}

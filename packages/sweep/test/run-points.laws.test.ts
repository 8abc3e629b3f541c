import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { PointRange } from "../src/chunks/chunk-keeper.js";
import type { ChunkResult } from "../src/chunks/chunk.js";
import { cutRange } from "../src/chunks/cut-range.js";
import { runPoints, type PointsEvent, type PointsRunner } from "../src/run-points.js";
import type { ReplicationRange } from "../src/series/series-layout.js";

interface Wanted {
  readonly size: number;
  /** Replications at each look; the last one is enough. */
  readonly looks: readonly number[];
}

const wanted: fc.Arbitrary<Wanted> = fc.record({
  size: fc.integer({ min: 1, max: 40 }),
  looks: fc
    .uniqueArray(fc.integer({ min: 1, max: 100 }), { minLength: 1, maxLength: 4 })
    .map((it) => it.toSorted((a, b) => a - b)),
});

const study = fc.record({
  points: fc.array(wanted, { minLength: 1, maxLength: 12 }),
  tasks: fc.integer({ min: 1, max: 5 }),
  delays: fc.infiniteStream(fc.integer({ min: 0, max: 4 })),
});

describe("runPoints", () => {
  test("runPoints folds and tells every replication once and in order, whatever the order in which chunks come back", async () => {
    await fc.assert(
      fc.asyncProperty(study, async ({ points, tasks, delays }) => {
        const fake = fakeRunner(points, { tasks, delays });
        const told = new Map<number, number>();
        const ended: number[] = [];
        for await (const event of runPoints(fake.runner)) {
          if (event.kind === "folded") {
            expect(event.rows.first_replication).toBe(told.get(event.point) ?? 0);
            told.set(event.point, event.rows.first_replication + event.rows.outcomes.length);
          } else if (event.kind === "point") {
            expect(event.isComplete).toBe(true);
            ended.push(event.point);
          }
        }
        expect(ended).toEqual(points.map((_, point) => point));
        for (const [point, { looks }] of points.entries()) {
          expect(told.get(point)).toBe(looks.at(-1));
          expect(fake.folded[point]).toBe(looks.at(-1));
          expect(fake.asked[point]).toEqual([0, ...looks]);
        }
        expect(fake.most()).toBeLessThanOrEqual(tasks);
        expect(fake.largest()).toBeLessThan(2);
      }),
      { seed: 20_261_121, numRuns: 100 },
    );
  });

  test("runPoints that is stopped finishes what it started and tells an unbroken beginning of each point", async () => {
    await fc.assert(
      fc.asyncProperty(study, fc.nat(20), async ({ points, tasks, delays }, after) => {
        const stop = new AbortController();
        const fake = fakeRunner(points, { tasks, delays, stop: stop.signal });
        const events: PointsEvent[] = [];
        let ran = 0;
        let startedUntilStop = Infinity;
        for await (const event of runPoints(fake.runner)) {
          events.push(event);
          if (event.kind !== "ran" || ++ran <= after || stop.signal.aborted) continue;
          stop.abort();
          startedUntilStop = fake.started();
        }
        expect(fake.started()).toBeLessThanOrEqual(startedUntilStop);
        const told = events.filter((it) => it.kind === "folded").reduce((sum, it) => sum + it.rows.outcomes.length, 0);
        expect(told).toBe(fake.folded.reduce((sum, it) => sum + it, 0));
        const complete = events.filter((it) => it.kind === "point" && it.isComplete);
        expect(complete.every(({ point }) => fake.folded[point] === points[point]!.looks.at(-1))).toBe(true);
        expect(events.filter(({ kind }) => kind === "ran")).toHaveLength(fake.started());
      }),
      { seed: 20_261_121, numRuns: 100 },
    );
  });

  test("runPoints opens no more than two points for each task while the first one is not complete", async () => {
    const points = Array.from({ length: 40 }, () => ({ size: 1, looks: [1] }));
    const { runner } = fakeRunner(points, { tasks: 2, delays: undefined });
    const opened: number[] = [];
    let openedMeanwhile = 0;
    const late: PointsRunner = {
      ...runner,
      open: (point) => {
        opened.push(point);
        return runner.open(point);
      },
      run: async (batch) => {
        if (batch.some(({ point }) => point === 0)) {
          for (let turn = 0; turn < 100; turn++) await new Promise((resolve) => void setImmediate(resolve));
          openedMeanwhile = opened.length;
        }
        return await runner.run(batch);
      },
    };
    await allOf(runPoints(late));
    expect([openedMeanwhile, opened.length]).toEqual([4, 40]);
  });

  test("runPoints throws what a chunk throws, and drops it once it is stopped", async () => {
    const stop = new AbortController();
    const { runner } = fakeRunner([{ size: 1, looks: [10] }], { tasks: 2, delays: undefined, stop: stop.signal });
    const failing = { ...runner, run: async () => await Promise.reject(new Error("no thread")) };
    await expect(allOf(runPoints(failing))).rejects.toThrow("no thread");
    const stopped = {
      ...runner,
      run: async () => {
        stop.abort();
        return await Promise.reject(new Error("no thread"));
      },
    };
    expect(await allOf(runPoints(stopped))).toEqual([{ kind: "point", point: 0, isComplete: false }]);
  });
});

async function allOf(events: AsyncIterable<PointsEvent>): Promise<readonly PointsEvent[]> {
  const all: PointsEvent[] = [];
  for await (const event of events) all.push(event);
  return all;
}

/** Chunks that come back after some turns of the event loop. */
function fakeRunner(
  points: readonly Wanted[],
  options: {
    readonly tasks: number;
    readonly delays: Iterator<number> | undefined;
    readonly stop?: AbortSignal;
  },
): {
  readonly runner: PointsRunner;
  readonly folded: number[];
  readonly asked: number[][];
  readonly most: () => number;
  /** The most work of a batch of several chunks. */
  readonly largest: () => number;
  readonly started: () => number;
} {
  const folded: number[] = points.map(() => 0);
  const asked: number[][] = points.map(() => []);
  let under = 0;
  let most = 0;
  let largest = 0;
  let started = 0;
  const share = ({ point, range }: PointRange): number => range.count / points[point]!.size;
  const runner: PointsRunner = {
    points: points.length,
    tasks: options.tasks,
    stop: options.stop ?? new AbortController().signal,
    open: (point) => ({
      cut: (range) => cutRange(range, points[point]!.size),
      fold: (chunk) => {
        expect(chunk.first_replication).toBe(folded[point]);
        folded[point]! += chunk.outcomes.length;
      },
      wanted: (replications) => {
        asked[point]!.push(replications);
        return points[point]!.looks.find((look) => look > replications) ?? replications;
      },
    }),
    share,
    run: async (batch) => {
      most = Math.max(most, ++under);
      started += batch.length;
      largest = Math.max(
        largest,
        batch.reduce((sum, it) => sum + share(it), 0),
      );
      const turns = (options.delays?.next().value as number | undefined) ?? 0;
      for (let turn = 0; turn < turns; turn++) await new Promise((resolve) => void setImmediate(resolve));
      under--;
      return batch.map(({ range }) => chunkOf(range));
    },
  };
  return { runner, folded, asked, most: () => most, largest: () => largest, started: () => started };
}

function chunkOf({ first_replication, count }: ReplicationRange): ChunkResult {
  return {
    first_replication,
    outcomes: Array.from({ length: count }, () => "completed"),
    reasons: Array.from({ length: count }, () => ""),
    metrics: new Float64Array(0),
    series: { paths: new Float64Array(0), groups: new Float64Array(0) },
    histograms: [],
    events: 0,
    elapsed_s: 0,
    is_lost: false,
  };
}

import { createSimulation, type Plan } from "@loadstar/engine";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Study } from "../src/index.js";
import { PointFold } from "../src/point-fold.js";
import type { PointTables } from "../src/point-tables.js";
import { runChunk } from "../src/chunks/run-chunk.js";
import { keptPositions } from "../src/kept-positions.js";
import { measuredBy } from "../src/measured.js";
import { selectMetrics } from "../src/select-metrics.js";
import { smallPlan } from "./small-plan.js";
import { studyObjectives } from "../src/study-objectives.js";

/** Beyond the replications whose paths are kept, and no multiple of a group. */
const REPLICATIONS = 330;

/** Some of its replications exceed the budget of requests alive, some do not. */
const PLAN: Plan = { ...smallPlan(), budget: { events: 1e9, live_requests: 6 } };

const { kept } = selectMetrics(measuredBy(PLAN), undefined);
const point = { point_id: "base", values: [], plan: PLAN };
const study: Study = {
  name: "law",
  seed: 7,
  replications: { min: REPLICATIONS, max: REPLICATIONS, targets: [], until_decided: false },
  confidence: 0.95,
  parameters: [],
  points: [point],
  kept,
  objectives: studyObjectives([{ metric: "latency_s_p95", below: 0.2, probability: 0.8 }], {
    plan: PLAN,
    confidence: 0.9,
  }).objectives,
  baseline: undefined,
  notes: [],
  source: {
    file: "none",
    scenarioFile: "none",
    sweep: { scenario: "none" },
    data: undefined,
    overrides: {},
    recorded: {},
    scenario: undefined as never,
  },
};

describe("PointFold", () => {
  test("PointFold gives equal tables however the replications are cut into chunks", () => {
    const whole = tablesOf([REPLICATIONS]);
    const ratio = whole.summary.at(-1)?.estimate ?? 0;
    expect(ratio).toBeGreaterThan(0);
    expect(ratio).toBeLessThan(1);
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 150 }), { maxLength: 12 }), (sizes) => {
        expect(tablesOf(sizes)).toEqual(whole);
      }),
      { seed: 20_261_121, numRuns: 25 },
    );
  });

  test("PointFold gives the same tables in the memory of another fold, larger or too small", () => {
    const whole = tablesOf([REPLICATIONS]);
    const used = new PointFold(study, point);
    used.add(runChunk(taskOf(0, 40), undefined).result);
    used.tables();
    expect(tablesOf([], used.room)).toEqual(whole);
    expect(tablesOf([], new Float64Array(2 * used.room.length).fill(Number.NaN))).toEqual(whole);
    expect(tablesOf([], new Float64Array(1))).toEqual(whole);
  });

  test("PointFold of a chunk whose simulation was prepared by another chunk gives the same tables", () => {
    const prepared = { plan_key: "base", simulation: createSimulation(PLAN) };
    const { result } = runChunk(taskOf(0, 5), prepared);
    expect({ ...result, elapsed_s: 0 }).toEqual({ ...runChunk(taskOf(0, 5), undefined).result, elapsed_s: 0 });
  });
});

/** Chunks of these sizes, and the rest as one. */
function tablesOf(sizes: readonly number[], room?: Float64Array): PointTables {
  const fold = new PointFold(study, point, room);
  let first = 0;
  for (const size of [...sizes, REPLICATIONS]) {
    const count = Math.min(size, REPLICATIONS - first);
    if (count > 0) fold.add(runChunk(taskOf(first, count), undefined).result);
    first += count;
  }
  return fold.tables();
}

function taskOf(first_replication: number, count: number): Parameters<typeof runChunk>[0] {
  return { plan_key: "base", plan: PLAN, seed: study.seed, first_replication, count, keep: keptPositions(kept, PLAN) };
}

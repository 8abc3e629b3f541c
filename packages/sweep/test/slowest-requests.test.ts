import { createSimulation, metricsOf, runPrepared, type Plan } from "@loadstar/engine";
import { beforeAll, describe, expect, test } from "vitest";
import { PHASES, type RequestTimes } from "../src/index.js";
import { SlowestRequests } from "../src/replay/slowest-requests.js";
import { piecesOf, TIGHT, wordsOf } from "./replay-study.js";
import { studyOf } from "./small-study.js";
import { inTemporaryDirectory } from "./temporary-directory.js";

const RUN = { seed: 20_261_121, replication: 0 };
const plans: { tight?: Plan } = {};

beforeAll(async () => {
  await inTemporaryDirectory(async (directory) => {
    plans.tight = (await studyOf(directory, { scenario: TIGHT, sweep: "scenario: scenario.yaml\n" })).points[0]!.plan;
  });
});

function slowestOf(plan: Plan, count: number): readonly RequestTimes[] {
  const slowest = new SlowestRequests({ count, warm_up_s: plan.warm_up_s });
  for (const piece of piecesOf(plan, RUN).pieces) slowest.add(piece);
  return slowest.finish(plan.horizon_s);
}

describe("SlowestRequests", () => {
  test("SlowestRequests says where every second of a latency went, and nothing else", () => {
    const all = slowestOf(plans.tight!, 1000);
    expect(all.length).toBeGreaterThan(100);
    for (const times of all) {
      const sum = PHASES.reduce((total, phase) => total + times[`${phase}_s`], 0);
      expect(Math.abs(sum - times.latency_s)).toBeLessThan(1e-9);
      expect(times.latency_s).toBe(times.ended_s - times.generated_s);
    }
    for (const phase of ["network", "ram_wait", "cpu_wait", "cpu", "io"] as const)
      expect(all.some((times) => times[`${phase}_s`] > 0.01)).toBe(true);
    expect(new Set(all.map(({ ended }) => ended))).toEqual(new Set(["completed", "dropped", "in_flight"]));
  });

  test("SlowestRequests has the requests that the metrics count: those of the warm-up are left out", () => {
    const plan = plans.tight!;
    const { metrics } = runPrepared(createSimulation(plan), RUN.seed, RUN.replication);
    const value = (name: string): number => metrics[metricsOf(plan).findIndex((metric) => metric.name === name)]!;
    const all = slowestOf(plan, 1000);
    const completed = all.filter(({ ended }) => ended === "completed");
    expect(all.length).toBe(value("requests_generated"));
    expect(completed.length).toBe(value("requests_completed"));
    expect(completed[0]!.latency_s).toBe(value("latency_s_max"));
    expect(all.every(({ generated_s }) => generated_s >= 1)).toBe(true);
    const mean = completed.reduce((sum, { latency_s }) => sum + latency_s, 0) / completed.length;
    expect(mean).toBeCloseTo(value("latency_s_mean"), 10);
  });

  test("SlowestRequests gives the slowest of all, the slowest first, and no more than are asked for", () => {
    const all = slowestOf(plans.tight!, 1000);
    expect(all.map(({ latency_s }) => latency_s)).toEqual(
      all.map(({ latency_s }) => latency_s).toSorted((one, other) => other - one),
    );
    for (const count of [0, 1, 7]) expect(slowestOf(plans.tight!, count)).toEqual(all.slice(0, count));
  });

  test("SlowestRequests agrees with a request's own story", () => {
    const plan = plans.tight!;
    const [times] = slowestOf(plan, 1);
    const words = wordsOf(plan, piecesOf(plan, RUN).pieces);
    const story = words.filter(({ request }) => request === times!.request);
    const after = (event: string): number =>
      story.reduce(
        (sum, it, row) => sum + (it.event === event ? (story[row + 1]?.t_s ?? plan.horizon_s) - it.t_s : 0),
        0,
      );
    expect(times!.ram_wait_s).toBeCloseTo(after("waits_for_ram"), 12);
    expect(times!.cpu_wait_s).toBeCloseTo(after("waits_for_core"), 12);
    expect(times!.network_s).toBeCloseTo(after("sent"), 12);
  });
});

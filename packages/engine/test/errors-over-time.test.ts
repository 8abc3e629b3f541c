import { describe, expect, test } from "vitest";
import { metricsOf, run, seriesOf, type Plan } from "../src/index.js";
import { constant, cpu, edge, endpoint, generator, planOf, server } from "./plans.js";

const CELLS = 40;

/** One server at the end of a lossy way; cells of a second. */
const LOSSY: Plan = {
  ...planOf({}),
  horizon_s: CELLS,
  warm_up_s: 0,
  series_cell_s: 1,
  errors_over_time: true,
  generators: [generator(50)],
  servers: [server("api", [endpoint([cpu(constant(0.002))])])],
  edges: ["source>client", "client>api", "api>client"].map((id) =>
    edge(id.split(">")[0]!, id.split(">")[1]!, { id, latency_s: constant(0.001), dropout_ratio: 0.05 }),
  ),
};

const DOWN: Plan = {
  ...LOSSY,
  disruptions: [{ kind: "server_down", target: "api", start_s: 10, end_s: 12 }],
};

function seriesNamed(plan: Plan, name: string): readonly number[] {
  const row = seriesOf(plan).findIndex((metric) => metric.name === name);
  return Array.from(run(plan, 7, 0).series.subarray(CELLS * row, CELLS * (row + 1)));
}

function valueOf(plan: Plan, name: string): number {
  return run(plan, 7, 0).metrics[metricsOf(plan).findIndex((metric) => metric.name === name)]!;
}

describe("errors_over_time", () => {
  test("errors_over_time: the errors of all cells are those of the run", () => {
    const completed = seriesNamed(LOSSY, "throughput_per_s");
    const ratios = seriesNamed(LOSSY, "error_ratio");
    // A ratio of r beside c completions is c r / (1 - r) errors.
    const errors = ratios.map((ratio, cell) => (completed[cell]! * ratio) / (1 - ratio));
    expect(errors.reduce((sum, count) => sum + count, 0)).toBeCloseTo(valueOf(LOSSY, "requests_dropped"), 6);
    expect(valueOf(LOSSY, "requests_dropped")).toBeGreaterThan(200);
  });

  test("errors_over_time: while the only server is down, all that ends is an error, and it is over at once", () => {
    const ratios = seriesNamed(DOWN, "error_ratio");
    expect(ratios[10]).toBeGreaterThan(0.95);
    expect(ratios[11]).toBe(1);
    for (const cell of [8, 9, 13, 14]) expect(ratios[cell]).toBeLessThan(0.5);
  });

  test("errors_over_time counts errors of the warm-up too, as throughput does, and only in the series", () => {
    const warm = { ...DOWN, warm_up_s: 20 };
    expect(seriesNamed(warm, "error_ratio")).toEqual(seriesNamed(DOWN, "error_ratio"));
    expect(valueOf(warm, "requests_failed")).toBe(0);
  });

  test("errors_over_time changes nothing else", () => {
    const { errors_over_time: _, ...plain } = DOWN;
    const [more, less] = [run(DOWN, 7, 0), run(plain, 7, 0)];
    expect(more.metrics).toEqual(less.metrics);
    expect(more.events).toBe(less.events);
    expect(seriesOf(plain).map(({ name }) => name)).not.toContain("error_ratio");
    for (const { name } of seriesOf(plain)) expect(seriesNamed(DOWN, name)).toEqual(seriesNamed(plain, name));
  });
});

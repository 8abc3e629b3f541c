import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  cellEnd_s,
  cellsOf,
  createSimulation,
  metricsOf,
  run,
  runPrepared,
  seriesOf,
  type Plan,
  type RunResult,
} from "../src/index.js";
import { lawCases } from "./law-cases.js";
import { differing, measured, rowOf, rowsOf, runMeasured } from "./measured.js";
import { cpu, edge, endpoint, exponential, generator, io, planOf, server } from "./plans.js";
import { anyPlan } from "./random-plans.js";

const runs = lawCases(40);
const seeds = fc.integer({ min: 0, max: Number.MAX_SAFE_INTEGER });
const replications = fc.nat(5000);
/** With a series whose last cell is shorter than the others. */
const detailedPlan = anyPlan().map((plan): Plan => ({ ...plan, series_cell_s: 0.3 }));

/** A server and a client that no edge leads to or from. */
function withUnused(plan: Plan, at: number): Plan {
  const inserted = <Item>(list: readonly Item[], item: Item): readonly Item[] =>
    list.toSpliced(at % (list.length + 1), 0, item);
  return {
    ...plan,
    clients: inserted(plan.clients, { id: "unused-client" }),
    servers: inserted(plan.servers, server("unused", [endpoint([cpu(exponential(1)), io(1)])])),
  };
}

/** A line of its own: generator, client, server. */
function line(name: string, rate_per_s: number): Pick<Plan, "generators" | "clients" | "servers" | "edges"> {
  return {
    generators: [generator(rate_per_s, { id: `source-${name}` })],
    clients: [{ id: `client-${name}` }],
    servers: [server(`app-${name}`, [endpoint([cpu(exponential(0.01)), io(exponential(0.02))], { ram_mb: 100 })])],
    edges: [
      edge(`source-${name}`, `client-${name}`, { latency_s: exponential(0.003), dropout_ratio: 0.01 }),
      edge(`client-${name}`, `app-${name}`),
      edge(`app-${name}`, `client-${name}`, { latency_s: exponential(0.003) }),
    ],
  };
}

function stepped(
  plan: Plan,
  seed: number,
  advance: (simulation: ReturnType<typeof createSimulation>) => boolean,
): RunResult {
  const simulation = createSimulation(plan);
  simulation.reset(seed, 2);
  while (advance(simulation));
  return simulation.result();
}

describe("run", () => {
  it("run gives the same bits for the same plan, seed and replication", () => {
    const law = fc.property(detailedPlan, seeds, replications, (plan, seed, replication) => {
      expect(run(structuredClone(plan), seed, replication)).toEqual(run(plan, seed, replication));
    });
    fc.assert(law, runs);
  });

  it("run differs from seed to seed and from replication to replication", () => {
    const plan = planOf({ horizon_s: 5, ...line("a", 50) });
    const means = [run(plan, 1, 0), run(plan, 2, 0), run(plan, 1, 1), run(plan, 2 ** 32 + 1, 0)].map((result) =>
      measured(plan, result)("latency_s_mean"),
    );
    expect(new Set(means).size).toBe(means.length);
  });

  it("run does not change when an unused server and client are added anywhere", () => {
    const law = fc.property(detailedPlan, seeds, fc.nat(4), (plan, seed, at) => {
      const larger = withUnused(plan, at);
      const alone = run(plan, seed, 0);
      const beside = run(larger, seed, 0);
      const value = measured(larger, beside);
      expect(differing(metricsOf(plan), value, measured(plan, alone))).toEqual([]);
      const rows = [rowsOf(larger, beside.series), rowsOf(plan, alone.series)] as const;
      expect(
        differing(
          seriesOf(plan),
          (name) => rows[0].get(name),
          (name) => rows[1].get(name),
        ),
      ).toEqual([]);
      expect(beside.events).toBe(alone.events);
      expect(value("unused.requests_completed")).toBe(0);
      expect(value("unused.cpu_utilization_ratio")).toBe(0);
    });
    fc.assert(law, runs);
  });

  it("run does not change a line of the system when a busy one is put beside it", () => {
    const law = fc.property(seeds, fc.integer({ min: 10, max: 90 }), (seed, rate_per_s) => {
      const one = line("a", 60);
      const other = line("b", rate_per_s);
      const alone = planOf({ horizon_s: 5, ...one });
      const both = planOf({
        horizon_s: 5,
        generators: [...other.generators, ...one.generators],
        clients: [...other.clients, ...one.clients],
        servers: [...other.servers, ...one.servers],
        edges: [...other.edges, ...one.edges],
      });
      const value = runMeasured(alone, seed);
      const beside = runMeasured(both, seed);
      for (const { name, component } of metricsOf(alone).filter((metric) => metric.component !== undefined))
        expect([component, name, beside(name)]).toEqual([component, name, value(name)]);
    });
    fc.assert(law, runs);
  });

  it("run without a series measures the same as with one", () => {
    const law = fc.property(detailedPlan, seeds, (plan, seed) => {
      const detailed = run(plan, seed, 0);
      const plain = run({ ...plan, series_cell_s: 0 }, seed, 0);
      expect(plain.series.length).toBe(0);
      expect(plain.samples.length).toBe(0);
      expect(plain.histograms).toEqual(detailed.histograms);
      // A cell's end splits an area in two: its last digits may differ.
      for (const [position, { name }] of metricsOf(plan).entries()) {
        const found = detailed.metrics[position]!;
        if (!name.endsWith("_mean") && !name.endsWith("_ratio"))
          expect([name, plain.metrics[position]]).toEqual([name, found]);
        else if (!Number.isNaN(found))
          expect(Math.abs(plain.metrics[position]! - found)).toBeLessThanOrEqual(1e-9 * found + 1e-12);
      }
    });
    fc.assert(law, runs);
  });

  it("run gives cells whose averages make up the average of the whole, and those after a warm-up of that part", () => {
    const law = fc.property(detailedPlan, seeds, fc.nat(8), (plan, seed, warmCells) => {
      const warm = { ...plan, warm_up_s: warmCells === 0 ? 0 : cellEnd_s(plan, warmCells - 1) };
      const result = run(warm, seed, 0);
      const value = measured(warm, result);
      const cells = cellsOf(plan);
      expect(cells).toBe(9);
      for (const { name } of seriesOf(plan)) {
        if (name.endsWith("latency_s_mean")) continue;
        const row = rowOf(warm, result.series, name);
        let area = 0;
        for (let cell = warmCells; cell < cells; cell++)
          area += row[cell]! * (cellEnd_s(plan, cell) - (cell === 0 ? 0 : cellEnd_s(plan, cell - 1)));
        expect(Math.abs(area / (plan.horizon_s - warm.warm_up_s) - value(name))).toBeLessThanOrEqual(
          1e-9 * (1 + value(name)),
        );
      }
      // The series does not know of the warm-up, but for the rounding of areas.
      for (const [position, cell] of run(plan, seed, 0).series.entries())
        if (!Number.isNaN(cell))
          expect(Math.abs(result.series[position]! - cell)).toBeLessThanOrEqual(1e-9 * (1 + cell));
    });
    fc.assert(law, runs);
  });

  it("run gives cells whose throughput and latency make up those of the whole", () => {
    const law = fc.property(detailedPlan, seeds, (plan, seed) => {
      const result = run(plan, seed, 0);
      const value = measured(plan, result);
      const throughput = rowOf(plan, result.series, "throughput_per_s");
      const latency = rowOf(plan, result.series, "latency_s_mean");
      let completed = 0;
      let sum = 0;
      for (const [cell, rate] of throughput.entries()) {
        const count = rate * (cellEnd_s(plan, cell) - (cell === 0 ? 0 : cellEnd_s(plan, cell - 1)));
        completed += count;
        if (count > 0) sum += count * latency[cell]!;
        else expect(latency[cell]).toBeNaN();
      }
      expect(completed).toBeCloseTo(value("requests_completed"), 6);
      if (completed > 0) expect(sum / completed).toBeCloseTo(value("latency_s_mean"), 9);
    });
    fc.assert(law, runs);
  });

  it("run does not change when a warm-up ends before anything happens", () => {
    const warm_up_s = 1e-9;
    const law = fc.property(anyPlan(), seeds, (plan, seed) => {
      // Traces and disruptions may begin at once.
      fc.pre(
        plan.generators.every(({ arrivals }) => arrivals.kind !== "trace" || !(arrivals.times_s[0]! <= warm_up_s)),
      );
      fc.pre(plan.disruptions.every(({ start_s }) => start_s > warm_up_s));
      const plain = runMeasured(plan, seed);
      const value = runMeasured({ ...plan, warm_up_s }, seed);
      for (const { name } of metricsOf(plan)) {
        const expected = plain(name);
        if (Number.isNaN(expected)) expect(value(name)).toBeNaN();
        else expect(Math.abs(value(name) - expected), name).toBeLessThanOrEqual(1e-8 * expected);
      }
    });
    fc.assert(law, runs);
  });
});

describe("runPrepared", () => {
  it("runPrepared gives what a fresh simulation gives, whatever ran before", () => {
    const law = fc.property(detailedPlan, seeds, fc.array(replications, { maxLength: 3 }), (plan, seed, before) => {
      const simulation = createSimulation(plan);
      for (const replication of before) runPrepared(simulation, seed, replication);
      simulation.reset(seed, 77);
      simulation.step(500);
      expect(runPrepared(simulation, seed, 4)).toEqual(run(plan, seed, 4));
    });
    fc.assert(law, runs);
  });

  it("runPrepared gives replication k of a batch what k alone gives, in any order", () => {
    const law = fc.property(detailedPlan, seeds, fc.shuffledSubarray([0, 1, 2, 3]), (plan, seed, order) => {
      const simulation = createSimulation(plan);
      const batch = new Map(order.map((replication) => [replication, runPrepared(simulation, seed, replication)]));
      for (const [replication, result] of batch) expect(result).toEqual(run(plan, seed, replication));
    });
    fc.assert(law, runs);
  });
});

describe("Simulation", () => {
  it("Simulation.step gives the same run in steps of any size", () => {
    const law = fc.property(detailedPlan, seeds, (plan, seed) => {
      const whole = run(plan, seed, 2);
      for (const events of [1, 7, 1_000_000])
        expect(stepped(plan, seed, (simulation) => simulation.step(events))).toEqual(whole);
    });
    fc.assert(law, runs);
  });

  it("Simulation.advanceTo gives the same run in slices of time", () => {
    const law = fc.property(detailedPlan, seeds, fc.integer({ min: 1, max: 50 }), (plan, seed, hundredths) => {
      let time = 0;
      const sliced = stepped(plan, seed, (simulation) => simulation.advanceTo((time += hundredths / 100)));
      expect(sliced).toEqual(run(plan, seed, 2));
    });
    fc.assert(law, runs);
  });
});

import { describe, expect, it } from "vitest";
import { createSimulation, histogramsOf, metricsOf, run, seriesOf, type Plan } from "../src/index.js";
import { measured, rowOf, runMeasured } from "./measured.js";
import { cpu, edge, endpoint, generator, io, planOf, server, singleQueue } from "./plans.js";

const busy = singleQueue({ rate_per_s: 50, endpoints: [endpoint([cpu(0.01), io(0.02)])], more: { horizon_s: 20 } });

describe("run", () => {
  it("run of a server that nobody disturbs: latency is the sum of edges and steps", () => {
    // One request in 1,000 s on average: 3 x 10 ms of edges, 4 + 5 ms CPU and 20 ms I/O, no wait.
    const plan = planOf({
      horizon_s: 20_000,
      generators: [generator(0.001)],
      servers: [server("app", [endpoint([cpu(0.004), io(0.02), cpu(0.005)], { ram_mb: 64 })])],
      edges: [edge("source", "client"), edge("client", "app"), edge("app", "client")].map((link) => ({
        ...link,
        latency_s: { kind: "constant", value: 0.01 } as const,
      })),
    });
    const value = runMeasured(plan);
    const completed = value("requests_completed");
    expect(completed).toBeGreaterThan(5);
    expect(value("requests_generated")).toBe(completed);
    for (const name of ["mean", "min", "max", "p50", "p999"]) expect(value(`latency_s_${name}`)).toBeCloseTo(0.059, 9);
    expect(value("latency_s_std")).toBeCloseTo(0, 9);
    expect(value("app.cpu_utilization_ratio")).toBeCloseTo((completed * 0.009) / 20_000, 12);
    expect(value("app.io_queue_mean")).toBeCloseTo((completed * 0.02) / 20_000, 12);
    expect(value("app.ram_used_mb_mean")).toBeCloseTo((completed * 64 * 0.029) / 20_000, 12);
    expect(value("app.ram_used_mb_max")).toBe(64);
    expect(value("app.service_s_mean")).toBeCloseTo(0.029, 9);
    expect(value("app.residence_s_mean")).toBeCloseTo(0.029, 9);
    expect([value("app.cpu_wait_s_mean"), value("app.ram_wait_s_mean"), value("app.ready_queue_max")]).toEqual([
      0, 0, 0,
    ]);
    expect(value("client-app.connections_mean")).toBeCloseTo((completed * 0.01) / 20_000, 12);
    expect([value("client-app.connections_max"), value("in_flight_max"), value("error_ratio")]).toEqual([1, 1, 0]);
  });

  it("run of an overloaded server: throughput is its capacity, also while it works off the backlog of the warm-up", () => {
    // 150 requests/s for a core that does 100/s: what comes back after the warm-up was mostly generated in it.
    for (const warm_up_s of [0, 30, 90]) {
      const more = { horizon_s: 100, warm_up_s };
      const metric = runMeasured(singleQueue({ rate_per_s: 150, endpoints: [endpoint([cpu(0.01)])], more }));
      expect(metric("throughput_per_s")).toBeCloseTo(100, 0);
      expect(metric("app.cpu_utilization_ratio")).toBeGreaterThan(0.99);
    }
  });

  it("run counts a lost message on its edge and drops the request", () => {
    const plan = singleQueue({ rate_per_s: 100, endpoints: [endpoint([])], more: { horizon_s: 100 } });
    const lossy = {
      ...plan,
      edges: plan.edges.map((link) => ({ ...link, dropout_ratio: link.source === "app" ? 1 : 0 })),
    };
    const value = runMeasured(lossy);
    expect(value("app-client.dropped")).toBe(value("requests_generated"));
    expect(value("requests_dropped")).toBe(value("requests_generated"));
    expect(value("app.requests_completed")).toBe(value("requests_generated"));
    expect([value("requests_completed"), value("error_ratio"), value("client-app.dropped")]).toEqual([0, 1, 0]);
    expect(value("latency_s_mean")).toBeNaN();
  });

  it("run loses the given share of messages on each edge", () => {
    // Three edges at 1 %: 0.99^3 = 0.970299 of some 100,000 requests; 4 standard deviations are 0.0022.
    const plan = singleQueue({ rate_per_s: 1000, endpoints: [endpoint([])], more: { horizon_s: 100 } });
    const value = runMeasured({ ...plan, edges: plan.edges.map((link) => ({ ...link, dropout_ratio: 0.01 })) });
    expect(Math.abs(value("requests_completed") / value("requests_generated") - 0.970299)).toBeLessThan(0.0022);
  });

  it("run chooses endpoints by weight", () => {
    // Weights 1 : 3, so 25 % of some 20,000 visits take 4 ms I/O and the others none; 4 standard deviations are 1.3 %.
    const endpoints = [endpoint([io(0.004)], { name: "a" }), endpoint([io(0)], { name: "b", weight: 3 })];
    const value = runMeasured(singleQueue({ rate_per_s: 200, endpoints, more: { horizon_s: 100 } }));
    expect(Math.abs(value("app.service_s_mean") / 0.004 - 0.25)).toBeLessThan(0.013);
  });

  it("run queues for memory in strict order: a small request behind a large one waits", () => {
    // Overload, so whoever is served is chosen by the queue alone: half of them are small, and the mean of 100 and 300 ms
    // is 200 ms. Let past, the small ones would hardly leave room for a large one. Some 2,200 visits: 4 standard
    // deviations of the mean are 8.5 ms.
    const large = endpoint([io(0.1)], { name: "large", ram_mb: 90 });
    const small = endpoint([io(0.3)], { name: "small", ram_mb: 10 });
    const more = { horizon_s: 200 };
    const value = runMeasured(singleQueue({ rate_per_s: 100, endpoints: [large, small], ram_mb: 100, more }));
    expect(value("app.requests_completed")).toBeGreaterThan(2000);
    expect(Math.abs(value("app.service_s_mean") - 0.2)).toBeLessThan(0.0085);
  });

  it("run lets decimal fractions of memory fit where they should", () => {
    // 0.1 + 0.2 is 0.30000000000000004.
    const endpoints = [0.1, 0.2].map((ram_mb) => endpoint([io(0.1)], { name: `${ram_mb} MB`, ram_mb }));
    const value = runMeasured(singleQueue({ rate_per_s: 100, endpoints, ram_mb: 0.3, more: { horizon_s: 50 } }));
    expect(value("app.ram_used_mb_max")).toBeCloseTo(0.3, 12);
    expect(value("app.io_queue_max")).toBe(3);
  });

  it("run lets whoever gets a freed core go on before whoever gets freed memory", () => {
    // Memory for two, 10 ms of I/O, 10 ms of CPU: every 10 ms one leaves, while the I/O of the other ends. If the other
    // comes first, it finds the core taken, is ready for no time, gets the core when the first leaves, and goes on before
    // the third, which gets the memory: so next time the one with the core comes first, and nobody is ever ready.
    const endpoints = [endpoint([io(0.01), cpu(0.01)], { ram_mb: 1 })];
    const readyMaxima = [0.5, 0.51, 0.52, 0.53].map((warm_up_s) => {
      const more = { warm_up_s, horizon_s: warm_up_s + 0.01 };
      return runMeasured(singleQueue({ rate_per_s: 1000, endpoints, ram_mb: 2, more }))("app.ready_queue_max");
    });
    expect(readyMaxima.toSorted()).toEqual([0, 0, 1, 1]);
    expect(readyMaxima[0]).not.toBe(readyMaxima[1]);
  });

  it("run ends truncated, with a reason and without metrics, when it would pass a budget of events", () => {
    const plain = run(busy, 1, 0);
    const exact = run({ ...busy, budget: { events: plain.events, live_requests: 1e9 } }, 1, 0);
    expect(exact).toEqual(plain);
    const detailed = { ...busy, series_cell_s: 1 };
    const short = { ...detailed, budget: { events: plain.events - 100, live_requests: 1e9 } };
    const truncated = run(short, 1, 0);
    expect(truncated.outcome).toBe("truncated");
    expect(truncated.reason).toMatch(
      new RegExp(`^events reached the budget of ${plain.events - 100} at 19\\.\\d+ s of 20 s$`),
    );
    expect(truncated.events).toBe(plain.events - 100);
    expect(truncated.metrics.length).toBe(metricsOf(busy).length);
    expect(truncated.metrics.every(Number.isNaN)).toBe(true);
  });

  it("run gives the cells that a truncated run has reached, and NaN for the others", () => {
    const detailed = { ...busy, series_cell_s: 1 };
    const whole = run(detailed, 1, 0);
    const truncated = run({ ...detailed, budget: { events: Math.floor(whole.events / 2), live_requests: 1e9 } }, 1, 0);
    for (const { name } of seriesOf(detailed)) {
      const row = rowOf(detailed, truncated.series, name);
      const reached = row.findIndex(Number.isNaN);
      expect([...row.subarray(0, reached)]).toEqual([...rowOf(detailed, whole.series, name).subarray(0, reached)]);
      expect(reached).toBeGreaterThan(6);
      expect(row.subarray(reached).every(Number.isNaN)).toBe(true);
    }
  });

  it("run ends truncated when more requests live than the budget allows", () => {
    const overloaded = singleQueue({ rate_per_s: 200, endpoints: [endpoint([cpu(0.01)])], more: { horizon_s: 100 } });
    const result = run({ ...overloaded, budget: { events: 1e9, live_requests: 300 } }, 1, 0);
    // 100 more requests arrive than leave each second.
    expect(result.outcome).toBe("truncated");
    expect(result.reason).toMatch(/^live requests exceeded the budget of 300 at [234]\.\d+ s of 100 s$/);
  });

  it("run of an overloaded system is a result: throughput is what the server gives, the rest is in flight", () => {
    const value = runMeasured(
      singleQueue({ rate_per_s: 200, endpoints: [endpoint([cpu(0.01)])], more: { horizon_s: 100 } }),
    );
    expect(value("throughput_per_s")).toBeCloseTo(100, 0);
    expect(value("app.cpu_utilization_ratio")).toBeGreaterThan(0.99);
    expect(value("requests_in_flight")).toBeGreaterThan(9000);
  });
});

describe("createSimulation", () => {
  it("createSimulation refuses edges, disruptions and second edges that make no sense", () => {
    const unknown: Plan = { ...busy, edges: [edge("source", "nowhere")] };
    expect(() => createSimulation(unknown)).toThrow('Cannot resolve edge "source-nowhere": there is no node "nowhere"');
    const second: Plan = { ...busy, edges: [...busy.edges, edge("app", "client", { id: "again" })] };
    expect(() => createSimulation(second)).toThrow(
      'Cannot resolve edge "again": node "app" has a leaving edge already',
    );
    const disruption = { kind: "server_down", target: "api", start_s: 1, end_s: 2 } as const;
    expect(() => createSimulation({ ...busy, disruptions: [disruption] })).toThrow(
      'Cannot resolve disruption of "api": there is no such target',
    );
  });
});

describe("Simulation", () => {
  it("Simulation.result is refused while the run goes on", () => {
    const simulation = createSimulation(busy);
    simulation.reset(1, 0);
    expect(simulation.step(10)).toBe(true);
    expect(() => simulation.result()).toThrow("Cannot give the result of a run: it is not finished");
    while (simulation.step(1000));
    expect(simulation.step(1)).toBe(false);
    expect(simulation.advanceTo(5)).toBe(false);
    expect(simulation.result()).toEqual(run(busy, 1, 0));
  });

  it("Simulation.advanceTo processes what happens before a time and no more", () => {
    const simulation = createSimulation(busy);
    simulation.reset(1, 0);
    expect(simulation.advanceTo(10)).toBe(true);
    expect(simulation.advanceTo(20)).toBe(false);
    expect(simulation.result().outcome).toBe("completed");
  });

  it("Simulation.result gives copies", () => {
    const simulation = createSimulation(busy);
    const first = (simulation.reset(1, 0), simulation.advanceTo(20), simulation.result());
    const kept = structuredClone(first);
    simulation.reset(2, 5);
    simulation.advanceTo(20);
    expect(first).toEqual(kept);
  });
});

describe("metricsOf", () => {
  it("metricsOf names every metric once, with the component before it", () => {
    const metrics = metricsOf(busy);
    expect(new Set(metrics.map(({ name }) => name)).size).toBe(metrics.length);
    for (const { name, component, unit, description } of metrics) {
      expect(name.startsWith(component === undefined ? "" : `${component}.`)).toBe(true);
      expect(["s", "MB", "1/s", "ratio", "1"]).toContain(unit);
      expect(description).not.toBe("");
    }
    expect(run(busy, 1, 0).metrics.length).toBe(metrics.length);
  });
});

describe("histogramsOf", () => {
  it("histogramsOf names one histogram for latency and one for each server's waits, with every value in it", () => {
    const result = run(busy, 1, 0);
    const value = measured(busy, result);
    expect(histogramsOf(busy).map(({ name }) => name)).toEqual(["latency_s", "app.cpu_wait_s"]);
    const counts = result.histograms.map((histogram) => histogram.counts.reduce((sum, count) => sum + count, 0));
    expect(counts[0]).toBe(value("requests_completed"));
    expect(counts[1]).toBeGreaterThanOrEqual(value("app.requests_completed"));
  });
});

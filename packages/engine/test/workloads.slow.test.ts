import { describe, expect, it } from "vitest";
import { cellEnd_s, createSimulation, runPrepared, type Plan } from "../src/index.js";
import { rowOf } from "./measured.js";
import { cpu, edge, endpoint, exponential, generatorOf, io, planOf, server } from "./plans.js";
import { expectTruth, replicated, type Replicated } from "./replicated.js";

describe("run", () => {
  it("run of batches of random size at 80 %: (rho + r E[X^2]) / (2 (1 - rho)) in the system", () => {
    // Poisson(4): E[X] 4, E[X^2] 20; 20 batches/s of 80 requests/s on 100/s: (0.8 + 0.2 x 20) / 0.4 = 12.
    const plan = planOf({
      horizon_s: 2500,
      warm_up_s: 20,
      generators: [
        generatorOf({ kind: "poisson", rate_per_s: 20, profile: [] }, { batch_size: { kind: "poisson", mean: 4 } }),
      ],
      servers: [server("app", [endpoint([cpu(exponential(0.01))])])],
      edges: [edge("source", "client"), edge("client", "app"), edge("app", "client")],
    });
    const found = replicated(plan, { number: (value) => value("in_flight_mean") });
    expectTruth(found.number, 12, "number in system");
  });

  it("run of M_t/M/inf under a sinusoid: the number follows it late and damped", () => {
    // 100 + 50 sin(2 pi t / 600) a second for 30 s each: mean 3000, amplitude 1431.042, lag 29.068 s, peak 4431.042.
    const period_s = 600;
    const sinusoid = { kind: "sinusoid", period_s, amplitude_ratio: 0.5, phase_s: 0 } as const;
    const plan = planOf({
      horizon_s: 4 * period_s,
      series_cell_s: 5,
      generators: [generatorOf({ kind: "poisson", rate_per_s: 100, profile: [sinusoid] })],
      servers: [server("app", [endpoint([io(exponential(30))])])],
      edges: [edge("source", "client"), edge("client", "app"), edge("app", "client")],
    });
    const simulation = createSimulation(plan);
    const fits = Array.from({ length: 10 }, (_, replication) => {
      const { samples } = runPrepared(simulation, 20_261_121, replication);
      return fitted(plan, rowOf(plan, samples, "in_flight_mean"), period_s);
    });
    expectTruth(over(fits.map(({ mean }) => mean)), 3000, "mean");
    expectTruth(over(fits.map(({ amplitude }) => amplitude)), 1431.042, "amplitude");
    expectTruth(over(fits.map(({ lag_s }) => lag_s)), 29.068, "lag", 0.02);
    expectTruth(over(fits.map(({ mean, amplitude }) => mean + amplitude)), 4431.042, "peak");
  });
});

/** Mean, amplitude and lag behind the sine, by least squares over whole periods: all but the first, in which the system fills. */
function fitted(
  plan: Plan,
  values: Float64Array,
  period_s: number,
): { readonly mean: number; readonly amplitude: number; readonly lag_s: number } {
  const kept = Array.from(values, (value, cell) => ({
    value,
    angle: (2 * Math.PI * cellEnd_s(plan, cell)) / period_s,
  })).filter(({ angle }) => angle > 2 * Math.PI + 1e-9);
  const averageOf = (weight: (angle: number) => number): number =>
    kept.reduce((sum, { value, angle }) => sum + value * weight(angle), 0) / kept.length;
  const sine = 2 * averageOf(Math.sin);
  const cosine = 2 * averageOf(Math.cos);
  expect(kept).toHaveLength((plan.horizon_s - period_s) / plan.series_cell_s);
  return {
    mean: averageOf(() => 1),
    amplitude: Math.hypot(sine, cosine),
    lag_s: (-Math.atan2(cosine, sine) * period_s) / (2 * Math.PI),
  };
}

function over(values: readonly number[]): Replicated {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const square = values.reduce((sum, value) => sum + (value - mean) * (value - mean), 0) / (values.length - 1);
  return { mean, std_error: Math.sqrt(square / values.length) };
}

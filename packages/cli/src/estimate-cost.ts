import { createSimulation, metricsOf, runPrepared, type Plan } from "@loadstar/engine";
import type { Study } from "@loadstar/sweep";

/** Time of a pilot run, simulated [s], and the share of the horizon it may take at most. */
const PILOT_S = 20;

/** Points that are tried: the first, the last and some between. */
const PILOT_POINTS = 5;

/**
 * A guess at what a study costs, from short pilot runs of a few points on this machine: requests generated, and seconds of
 * computing on one thread. Overloaded points cost more later in the run than the pilot sees.
 */
export function estimateCost(study: Study): { readonly requests: number; readonly cpu_s: number } {
  const { points, replications } = study;
  const step = Math.max(1, Math.ceil(points.length / PILOT_POINTS));
  const pilots = points.filter((_point, index) => index % step === 0).map(({ plan }) => pilot(plan));
  const scale = (points.length * replications) / pilots.length;
  const total = (of: (cost: Cost) => number): number => scale * pilots.reduce((sum, cost) => sum + of(cost), 0);
  return { requests: Math.round(total(({ requests }) => requests)), cpu_s: total(({ cpu_s }) => cpu_s) };
}

interface Cost {
  readonly requests: number;
  readonly cpu_s: number;
}

function pilot(plan: Plan): Cost {
  const horizon_s = Math.min(plan.horizon_s, PILOT_S);
  const short: Plan = { ...plan, horizon_s, warm_up_s: 0 };
  const simulation = createSimulation(short);
  runPrepared(simulation, 0, 0);
  const started_ms = performance.now();
  const { metrics } = runPrepared(simulation, 0, 1);
  const cpu_s = (performance.now() - started_ms) / 1000;
  const generated = metrics[metricsOf(short).findIndex(({ name }) => name === "requests_generated")] ?? 0;
  const scale = plan.horizon_s / horizon_s;
  return { requests: (Number.isNaN(generated) ? 0 : generated) * scale, cpu_s: cpu_s * scale };
}

import { createSimulation, expectedRequests, metricsOf, runPrepared, type Plan } from "@loadstar/engine";
import type { Study } from "@loadstar/sweep";

/** Longest time of a pilot run, simulated [s], and most requests it may be expected to see. */
const PILOT_S = 20;
const PILOT_REQUESTS = 20_000;

/** Runs that let the compiler finish its work, and runs that are timed. */
const WARM_UPS = 8;
const TIMED = 4;

/** Points that are tried: the first, the last and some between. */
const PILOT_POINTS = 5;

/**
 * A guess at what a study costs, from short pilot runs of a few points on this machine: requests generated, and seconds of
 * computing on one thread, for the replications before the first look where their number is not fixed. Overloaded points cost more later in the run than the pilot sees.
 */
export function estimateCost(study: Study): { readonly requests: number; readonly cpu_s: number } {
  const { points, replications } = study;
  const step = Math.max(1, Math.ceil(points.length / PILOT_POINTS));
  const pilots = points.filter((_point, index) => index % step === 0).map(({ plan }) => pilot(plan));
  const scale = (points.length * replications.min) / pilots.length;
  const total = (of: (cost: Cost) => number): number => scale * pilots.reduce((sum, cost) => sum + of(cost), 0);
  return { requests: Math.round(total(({ requests }) => requests)), cpu_s: total(({ cpu_s }) => cpu_s) };
}

interface Cost {
  readonly requests: number;
  readonly cpu_s: number;
}

function pilot(plan: Plan): Cost {
  const rate_per_s = expectedRequests(plan) / plan.horizon_s;
  const horizon_s = Math.min(plan.horizon_s, PILOT_S, rate_per_s === 0 ? PILOT_S : PILOT_REQUESTS / rate_per_s);
  const short: Plan = { ...plan, horizon_s, warm_up_s: 0 };
  const simulation = createSimulation(short);
  for (let run = 0; run < WARM_UPS; run++) runPrepared(simulation, 0, run);
  const started_ms = performance.now();
  for (let run = 1; run < TIMED; run++) runPrepared(simulation, 0, WARM_UPS + run);
  const { metrics } = runPrepared(simulation, 0, WARM_UPS);
  const cpu_s = (performance.now() - started_ms) / 1000 / TIMED;
  const generated = metrics[metricsOf(short).findIndex(({ name }) => name === "requests_generated")] ?? 0;
  const ofPilot = expectedRequests(short);
  const scale = ofPilot === 0 ? plan.horizon_s / horizon_s : expectedRequests(plan) / ofPilot;
  return { requests: (Number.isNaN(generated) ? 0 : generated) * scale, cpu_s: cpu_s * scale };
}

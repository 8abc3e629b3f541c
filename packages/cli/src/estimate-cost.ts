import { createSimulation, expectedRequests, metricsOf, run, type Plan } from "@loadstar/engine";
import type { Study } from "@loadstar/sweep";

/** Longest time of a pilot run, simulated [s], and most requests it may be expected to see. */
const PILOT_S = 20;
const PILOT_REQUESTS = 20_000;

/** Slices of a pilot run, which are timed one by one. */
const SLICES = 32;

/** Runs of a pilot: the first ones let the compiler finish its work, and the fastest of each slice is taken. */
const PASSES = 12;

/** Wall time for the runs of a pilot, beside the first slice of it; more for the first pilot, while the compiler is at work [ms]. */
const PILOT_MS = 300;
const FIRST_PILOT_MS = 800;

/** Points that are tried: the first, the last and some between. */
const PILOT_POINTS = 5;

/**
 * A guess at what a study costs, from the first seconds of runs of a few points on this machine, a second or two in all: requests generated, and seconds of
 * computing on one thread, for the replications before the first look where their number is not fixed. Overloaded points cost more later in the run than the pilot sees.
 */
export function estimateCost(study: Study): { readonly requests: number; readonly cpu_s: number } {
  const { points, replications } = study;
  const step = Math.max(1, Math.ceil(points.length / PILOT_POINTS));
  const pilots = points
    .filter((_point, index) => index % step === 0)
    .map(({ plan }, index) => pilot(plan, index === 0 ? FIRST_PILOT_MS : PILOT_MS));
  const scale = (points.length * replications.min) / pilots.length;
  const total = (of: (cost: Cost) => number): number => scale * pilots.reduce((sum, cost) => sum + of(cost), 0);
  return { requests: Math.round(total(({ requests }) => requests)), cpu_s: total(({ cpu_s }) => cpu_s) };
}

interface Cost {
  readonly requests: number;
  readonly cpu_s: number;
}

function pilot(plan: Plan, most_ms: number): Cost {
  const rate_per_s = expectedRequests(plan) / plan.horizon_s;
  const longest_s = Math.min(plan.horizon_s, PILOT_S, rate_per_s === 0 ? PILOT_S : PILOT_REQUESTS / rate_per_s);
  const simulation = createSimulation(plan);
  // Nothing is compiled yet.
  simulation.advanceTo(longest_s / SLICES);
  const until_ms = performance.now() + most_ms;
  const fastest_ms: number[] = [];
  for (let pass = 0; pass < PASSES && (pass === 0 || performance.now() < until_ms); pass++) {
    simulation.reset(0, pass);
    for (let slice = 0; slice < SLICES && (slice === 0 || performance.now() < until_ms); slice++) {
      const started_ms = performance.now();
      simulation.advanceTo((longest_s * (slice + 1)) / SLICES);
      const ended_ms = performance.now();
      fastest_ms[slice] = Math.min(fastest_ms[slice] ?? Number.POSITIVE_INFINITY, ended_ms - started_ms);
    }
  }
  const short: Plan = { ...plan, horizon_s: (longest_s * fastest_ms.length) / SLICES, warm_up_s: 0 };
  const { metrics } = run(short, 0, 0);
  const generated = metrics[metricsOf(short).findIndex(({ name }) => name === "requests_generated")] ?? 0;
  const ofPilot = expectedRequests(short);
  const scale = ofPilot === 0 ? plan.horizon_s / short.horizon_s : expectedRequests(plan) / ofPilot;
  const cpu_s = fastest_ms.reduce((sum, slice_ms) => sum + slice_ms, 0) / 1000;
  return { requests: (Number.isNaN(generated) ? 0 : generated) * scale, cpu_s: cpu_s * scale };
}

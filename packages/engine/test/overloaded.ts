import type { CallPolicy, FactorPlan, GatePlan, Plan, RetryPlan } from "../src/index.js";
import { PATIENT, run } from "../src/index.js";
import { rowOf } from "./measured.js";
import { cpu, edge, endpoint, exponential, planOf, poisson, server } from "./plans.js";

/** One queue that gets eight times its load for a minute, and callers who wait for one second and try three times. */
export interface Overload {
  readonly rate_per_s: number;
  /** Services of the only core [1/s]. */
  readonly mu_per_s: number;
  readonly horizon_s?: number;
  /** Factor of the load from 100 s to 160 s; 1 is no trigger. */
  readonly factor?: number;
  readonly policy?: Partial<CallPolicy>;
  readonly retry?: Partial<RetryPlan>;
  /** Of the server. */
  readonly gate?: GatePlan;
}

/** When the trigger is over [s]. */
export const TRIGGER_END_S = 160;
const TRIGGER_START_S = 100;

/** Width of the cells in which goodput is looked at [s]. */
export const CELL_S = 10;

const AT_ONCE: RetryPlan = {
  attempts: 3,
  on: ["timed_out"],
  backoff: { kind: "fixed", base_s: 0, max_s: 0, jitter: "none" },
  budget_ratio: 0,
  budget_burst: 0,
};

/** Its plan. */
export function overloaded(overload: Overload): Plan {
  const { rate_per_s, mu_per_s, horizon_s = 1500, factor = 8, policy = {}, retry = {}, gate } = overload;
  const pieces = [
    { start_s: 0, from: 1, to: 1 },
    { start_s: TRIGGER_START_S, from: factor, to: factor },
    { start_s: TRIGGER_END_S, from: 1, to: 1 },
  ];
  const profile: readonly FactorPlan[] = [{ kind: "pieces", pieces, period_s: 0, phase_s: 0 }];
  const patience = { ...PATIENT, timeout_s: 1, retry: { ...AT_ONCE, ...retry }, ...policy };
  return planOf({
    horizon_s,
    series_cell_s: CELL_S,
    generators: [poisson(rate_per_s, { arrivals: { kind: "poisson", rate_per_s, profile }, policy: patience })],
    servers: [server("app", [endpoint([cpu(exponential(1 / mu_per_s))])], gate === undefined ? {} : { gate })],
    edges: [edge("source", "client"), edge("client", "app")],
  });
}

/** Requests answered in time in each cell [1/s]. */
export function goodput(plan: Plan, replication: number): Float64Array {
  return rowOf(plan, run(plan, 20_261_121, replication).series, "throughput_per_s");
}

/** Goodput over the last 100 s, as a share of the load [ratio]. */
export function goodRatio(overload: Overload, replication = 0): number {
  const cells = goodput(overloaded(overload), replication).slice(-10);
  return cells.reduce((sum, cell) => sum + cell, 0) / cells.length / overload.rate_per_s;
}

/** When goodput is back, after the trigger, at half the load at least [s]; Infinity when it never is. */
export function recovery_s(overload: Overload, replication: number): number {
  const cells = goodput(overloaded(overload), replication);
  const bad = cells.findLastIndex((cell) => cell < overload.rate_per_s / 2);
  return bad === cells.length - 1 ? Infinity : (bad + 1) * CELL_S;
}

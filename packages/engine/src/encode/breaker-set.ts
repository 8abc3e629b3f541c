import { BREAKER_CONSECUTIVE, BREAKER_ERROR_RATE, BREAKER_SLOW_CALLS } from "../kernel/policies/breaker.js";
import { breakerKey, placedBreakers, type PlacedBreaker } from "../measures/placed-breakers.js";
import type { BreakerPlan } from "../breaker-plan.js";
import type { Plan } from "../plan.js";

const KINDS = {
  consecutive: BREAKER_CONSECUTIVE,
  error_rate: BREAKER_ERROR_RATE,
  slow_calls: BREAKER_SLOW_CALLS,
} as const;

/** The circuit breakers of a plan; instructions refer to them by position. */
export class BreakerSet {
  readonly #placed: readonly PlacedBreaker[];
  readonly #positions: ReadonlyMap<string, number>;

  constructor(plan: Plan) {
    this.#placed = placedBreakers(plan);
    this.#positions = new Map(this.#placed.map((placed, position) => [breakerKey(placed), position]));
  }

  /** The position of a breaker. */
  find(placed: PlacedBreaker): number {
    return this.#positions.get(breakerKey(placed))!;
  }

  /** The numbers that `System` reads. */
  numbers(): readonly number[] {
    return this.#placed.flatMap(({ breaker }) => numbersOf(breaker));
  }
}

function numbersOf(breaker: BreakerPlan): readonly number[] {
  const { kind, open_s, half_open_probes } = breaker;
  const common = [KINDS[kind], open_s, half_open_probes];
  if (breaker.kind === "consecutive") return [...common, breaker.failures, 0, 0, 0, 1];
  const { window_s, threshold_ratio, min_requests } = breaker;
  return [
    ...common,
    0,
    breaker.kind === "slow_calls" ? breaker.slower_than_s : 0,
    threshold_ratio,
    min_requests,
    window_s,
  ];
}

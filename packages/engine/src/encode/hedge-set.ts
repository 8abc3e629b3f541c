import type { HedgePlan } from "../hedge-plan.js";

/** How calls of a plan are hedged; instructions refer to them by position. */
export class HedgeSet {
  readonly #numbers: number[][] = [];

  /** Adds a policy and gives its position. */
  add({ after_s, most, cancels }: HedgePlan): number {
    return this.#numbers.push([after_s, most, Number(cancels)]) - 1;
  }

  /** The numbers that `System` reads. */
  numbers(): readonly number[] {
    return [this.#numbers.length, ...this.#numbers.flat()];
  }
}

import type { NumberReader } from "../../platform/number-reader.js";
import { newInts, type Ints } from "../../platform/platform.js";

/** More replicas than any set may have. */
const MOST: i32 = 1_000_000_000;

/**
 * How fast the number of replicas may change in one direction: the stabilization window and the policies of Kubernetes' `behavior`
 * ("Horizontal Pod Autoscaling", Configurable scaling behavior; `selectPolicy: Max`). Decisions come at equal distances, and are numbered.
 */
export class Limits {
  /** Decisions that the stabilization window holds, the present one included. */
  private readonly stabilization: i32;
  /** Of each policy: whether it is a percentage, its value, and the decisions that its period holds. */
  private readonly percents: boolean[];
  private readonly values: number[];
  private readonly periods: i32[];
  /** Of the latest decisions, by their number modulo `kept`: what was recommended, and by how many replicas the number changed. */
  private readonly kept: i32;
  private readonly recommended: Ints;
  private readonly changed: Ints;

  constructor(plan: NumberReader) {
    const percents: boolean[] = [];
    const values: number[] = [];
    const periods: i32[] = [];
    const stabilization = plan.int();
    let kept = stabilization;
    for (let left = plan.int(); left > 0; left--) {
      percents.push(plan.int() === 1);
      values.push(plan.number());
      const period = plan.int();
      periods.push(period);
      if (period > kept) kept = period;
    }
    this.stabilization = stabilization;
    this.percents = percents;
    this.values = values;
    this.periods = periods;
    this.kept = kept;
    this.recommended = newInts(kept);
    this.changed = newInts(kept);
  }

  /** Keeps what is recommended in a decision; nothing has changed in it yet. */
  begin(decision: i32, replicas: i32): void {
    this.recommended[decision % this.kept] = replicas;
    this.changed[decision % this.kept] = 0;
  }

  /** Replicas were added in this decision, or taken away. */
  change(decision: i32, replicas: i32): void {
    this.changed[decision % this.kept] = this.changed[decision % this.kept] + replicas;
  }

  /** The least recommendation of the stabilization window. */
  least(decision: i32): i32 {
    let least = MOST;
    for (let back = 0; back < this.stabilization && back <= decision; back++) {
      const replicas = this.recommended[(decision - back) % this.kept];
      if (replicas < least) least = replicas;
    }
    return least;
  }

  /** The greatest recommendation of the stabilization window. */
  greatest(decision: i32): i32 {
    let greatest: i32 = 0;
    for (let back = 0; back < this.stabilization && back <= decision; back++) {
      const replicas = this.recommended[(decision - back) % this.kept];
      if (replicas > greatest) greatest = replicas;
    }
    return greatest;
  }

  /** The most replicas that the policies allow. `down` are the limits of the other direction. */
  most(current: i32, down: Limits, decision: i32): i32 {
    if (this.values.length === 0) return MOST;
    let most = current;
    for (let k = 0; k < this.values.length; k++) {
      const period = this.periods[k];
      const start = (current - this.changes(period, decision) + down.changes(period, decision)) as number;
      const value = this.values[k];
      const allowed = this.percents[k] ? Math.ceil(start * (1 + value / 100) - 1e-9) : start + value;
      most = Math.max(most as number, Math.min(allowed, MOST as number)) as i32;
    }
    return most;
  }

  /** The fewest replicas that the policies allow. `up` are the limits of the other direction. */
  fewest(current: i32, up: Limits, decision: i32): i32 {
    if (this.values.length === 0) return 0;
    let fewest = current;
    for (let k = 0; k < this.values.length; k++) {
      const period = this.periods[k];
      const start = (current + this.changes(period, decision) - up.changes(period, decision)) as number;
      const value = this.values[k];
      const allowed = this.percents[k] ? Math.floor(start * (1 - value / 100) + 1e-9) : start - value;
      fewest = Math.min(fewest as number, Math.max(allowed, 0)) as i32;
    }
    return fewest;
  }

  /** Replicas by which the number has changed in so many decisions before this one. */
  private changes(period: i32, decision: i32): i32 {
    let sum: i32 = 0;
    for (let back = 1; back <= decision && back < period && back < this.kept; back++) {
      sum += this.changed[(decision - back) % this.kept];
    }
    return sum;
  }
}

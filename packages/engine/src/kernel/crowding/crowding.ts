import type { NumberReader } from "../../platform/number-reader.js";

/** How requests at a server get in each other's way: see `CrowdingPlan`. */
export class Crowding {
  /** Requests at work. */
  inside: i32 = 0;
  private readonly contention: number;
  private readonly coherency: number;

  constructor(plan: NumberReader) {
    this.contention = plan.number();
    this.coherency = plan.number();
  }

  reset(): void {
    this.inside = 0;
  }

  /** How many times as long as it is drawn a step takes now. */
  stretch(): number {
    // What a server does by itself, or after its requests have left, nobody else is in the way of.
    const n: number = Math.max(1, this.inside as number);
    return 1 + this.contention * (n - 1) + this.coherency * n * (n - 1);
  }
}

import type { NumberReader } from "../../platform/number-reader.js";
import { exp } from "../../platform/platform.js";
import type { CacheRecord } from "../../record/cache-record.js";
import { Part } from "../part.js";

/** A cache of which only the share of hits is known, as a function of the time since it was empty. */
export class HitCurve extends Part {
  readonly record: CacheRecord;
  private readonly cold: number;
  private readonly warm: number;
  private readonly half_life_s: number;
  private empty_s: number = 0;

  constructor(plan: NumberReader, record: CacheRecord) {
    super();
    this.record = record;
    this.cold = plan.number();
    this.warm = plan.number();
    this.half_life_s = plan.number();
  }

  reset(): void {
    this.empty_s = 0;
  }

  /** It is empty now. */
  flush(now: number): void {
    this.empty_s = now;
  }

  /** Whether a look-up is a hit, by a draw from [0, 1). */
  finds(draw: number, now: number): boolean {
    const missing = exp((-Math.LN2 * (now - this.empty_s)) / this.half_life_s);
    const hit = draw >= 1 - (this.warm + (this.cold - this.warm) * missing);
    if (hit) this.record.hit();
    else this.record.miss();
    return hit;
  }
}

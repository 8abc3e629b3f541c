import type { TroubleRecord } from "../../record/trouble-record.js";
import type { Cache } from "../caching/cache.js";
import type { HitCurve } from "../caching/hit-curve.js";
import { Effect } from "./effect.js";

/** A cache loses all that it holds, and that is over at once. */
export class CacheFlush extends Effect {
  constructor(record: TroubleRecord | null, cache: Cache | null, curve: HitCurve | null) {
    super(record);
    this.emptied = cache;
    this.cooled = curve;
  }

  begin(now: number): void {
    if (this.record !== null) this.record!.impair(now);
  }

  end(now: number): void {
    if (this.record !== null) this.record!.relieve(now);
  }
}

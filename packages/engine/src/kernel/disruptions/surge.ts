import type { TroubleRecord } from "../../record/trouble-record.js";
import { Effect } from "./effect.js";

/** A generator sends more. Its arrivals draw the same times by themselves, because they have to know the rate before it is there: see `SwitchedFactor`. */
export class Surge extends Effect {
  constructor(record: TroubleRecord | null) {
    super(record);
  }

  begin(now: number): void {
    if (this.record !== null) this.record!.impair(now);
  }

  end(now: number): void {
    if (this.record !== null) this.record!.relieve(now);
  }
}

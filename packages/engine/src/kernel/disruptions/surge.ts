import { Effect } from "./effect.js";

/** A generator sends more. Its arrivals draw the same times by themselves, because they have to know the rate before it is there: see `SwitchedFactor`. */
export class Surge extends Effect {
  begin(now: number): void {
    if (this.record !== null) this.record!.impair(now);
  }

  end(now: number): void {
    if (this.record !== null) this.record!.relieve(now);
  }
}

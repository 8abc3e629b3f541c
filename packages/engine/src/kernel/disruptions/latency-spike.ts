import type { TroubleRecord } from "../../record/trouble-record.js";
import type { Link } from "../link.js";
import { Effect } from "./effect.js";

/** Messages over a link take longer. */
export class LatencySpike extends Effect {
  private readonly link: Link;
  private readonly spike_s: number;

  constructor(record: TroubleRecord | null, link: Link, spike_s: number) {
    super(record);
    this.link = link;
    this.spike_s = spike_s;
  }

  begin(now: number): void {
    if (this.record !== null) this.record!.impair(now);
    this.link.addSpike(this.spike_s);
  }

  end(now: number): void {
    if (this.record !== null) this.record!.relieve(now);
    this.link.removeSpike(this.spike_s);
  }
}

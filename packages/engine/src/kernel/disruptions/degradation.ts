import type { TroubleRecord } from "../../record/trouble-record.js";
import type { Link } from "../link.js";
import { Effect } from "./effect.js";

/** A link is slower, loses more messages and has less bandwidth. */
export class Degradation extends Effect {
  private readonly link: Link;
  private readonly spike_s: number;
  private readonly lossRatio: number;
  private readonly bandwidthRatio: number;

  constructor(record: TroubleRecord | null, link: Link, spike_s: number, lossRatio: number, bandwidthRatio: number) {
    super(record);
    this.link = link;
    this.spike_s = spike_s;
    this.lossRatio = lossRatio;
    this.bandwidthRatio = bandwidthRatio;
  }

  begin(now: number): void {
    if (this.record !== null) this.record!.impair(now);
    this.link.addSpike(this.spike_s);
    this.link.channel!.degrade(this.lossRatio, this.bandwidthRatio, now);
  }

  end(now: number): void {
    if (this.record !== null) this.record!.relieve(now);
    this.link.removeSpike(this.spike_s);
    this.link.channel!.recover(this.lossRatio, this.bandwidthRatio, now);
  }
}

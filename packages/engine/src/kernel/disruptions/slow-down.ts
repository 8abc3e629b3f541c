import type { TroubleRecord } from "../../record/trouble-record.js";
import type { Processors } from "../processing/processors.js";
import { Effect } from "./effect.js";

/** Everything takes longer at a server. */
export class SlowDown extends Effect {
  private readonly processors: Processors;
  private readonly factor: number;
  private readonly ioFactor: number;

  constructor(record: TroubleRecord | null, processors: Processors, factor: number, ioFactor: number) {
    super(record);
    this.processors = processors;
    this.factor = factor;
    this.ioFactor = ioFactor;
  }

  begin(now: number): void {
    if (this.record !== null) this.record!.impair(now);
    this.processors.slowDown(this.factor, this.ioFactor, now);
  }

  end(now: number): void {
    if (this.record !== null) this.record!.relieve(now);
    this.processors.hasten(this.factor, this.ioFactor, now);
  }
}

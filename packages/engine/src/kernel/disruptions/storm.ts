import type { TroubleRecord } from "../../record/trouble-record.js";
import type { Processors } from "../processing/processors.js";
import { Effect } from "./effect.js";

/** A server pauses more often, and for longer. */
export class Storm extends Effect {
  private readonly processors: Processors;
  private readonly factor: number;
  private readonly stretch: number;

  constructor(record: TroubleRecord | null, processors: Processors, factor: number, stretch: number) {
    super(record);
    this.processors = processors;
    this.factor = factor;
    this.stretch = stretch;
  }

  begin(now: number): void {
    if (this.record !== null) this.record!.impair(now);
    this.processors.storm(this.factor, this.stretch, now);
  }

  end(now: number): void {
    if (this.record !== null) this.record!.relieve(now);
    this.processors.abate(this.factor, this.stretch, now);
  }
}

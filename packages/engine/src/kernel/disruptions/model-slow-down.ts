import type { TroubleRecord } from "../../record/trouble-record.js";
import type { Llm } from "../llm/llm.js";
import type { PendingEvents } from "../pending-events.js";
import { Effect } from "./effect.js";

/** A language model takes longer for everything. */
export class ModelSlowDown extends Effect {
  private readonly llm: Llm;
  private readonly factor: number;
  private readonly pending: PendingEvents;

  constructor(record: TroubleRecord | null, llm: Llm, factor: number, pending: PendingEvents) {
    super(record);
    this.llm = llm;
    this.factor = factor;
    this.pending = pending;
  }

  begin(now: number): void {
    if (this.record !== null) this.record!.impair(now);
    this.llm.slowDown(this.factor, this.pending, now);
  }

  end(now: number): void {
    if (this.record !== null) this.record!.relieve(now);
    this.llm.hasten(this.factor, this.pending, now);
  }
}

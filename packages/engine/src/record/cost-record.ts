import type { NumberWriter } from "../platform/number-writer.js";
import { PartRecord } from "./part-record.js";
import { LatencyRecorder } from "./value-recorder.js";

/** What requests cost. */
export class CostRecord extends PartRecord {
  /** Of each request, with everything that it causes [USD]. */
  readonly cost: LatencyRecorder;

  constructor() {
    super();
    this.cost = new LatencyRecorder();
  }

  save(to: NumberWriter, _cells: i32): void {
    this.cost.save(to);
  }

  protected override clear(): void {
    this.cost.reset();
  }
}

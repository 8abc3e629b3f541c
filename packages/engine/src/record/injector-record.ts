import type { NumberWriter } from "../platform/number-writer.js";
import { PartRecord } from "./part-record.js";

/** What is recorded of the faults that are injected into a server. */
export class InjectorRecord extends PartRecord {
  /** Requests that it failed on arrival, made wait, and failed afterwards. */
  dropped: number = 0;
  delayed: number = 0;
  struck: number = 0;

  save(to: NumberWriter, _cells: i32): void {
    to.number(this.dropped);
    to.number(this.delayed);
    to.number(this.struck);
  }

  protected override clear(): void {
    this.dropped = 0;
    this.delayed = 0;
    this.struck = 0;
  }
}

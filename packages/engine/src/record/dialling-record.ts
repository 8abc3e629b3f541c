import type { NumberWriter } from "../platform/number-writer.js";
import { PartRecord } from "./part-record.js";

/** What is recorded of the connections of a link. */
export class DiallingRecord extends PartRecord {
  /** Connections set up, and the time of their round trips in sum [s]. */
  opened: number = 0;
  handshake_s: number = 0;
  /** Messages that found a connection that was idle. */
  reused: number = 0;

  save(to: NumberWriter, _cells: i32): void {
    to.number(this.opened);
    to.number(this.handshake_s);
    to.number(this.reused);
  }

  protected override clear(): void {
    this.opened = 0;
    this.handshake_s = 0;
    this.reused = 0;
  }
}

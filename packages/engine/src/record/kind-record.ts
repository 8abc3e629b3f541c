import type { NumberWriter } from "../platform/number-writer.js";
import { ENDINGS } from "./ending.js";
import { LATENCY_BITS, ValueRecorder } from "./value-recorder.js";

/** What is recorded of one kind of request: an entry of a generator's mix. */
export class KindRecord {
  /** Latency of completed requests [s]. */
  readonly latency: ValueRecorder;
  /** Requests generated after the warm-up. */
  generated: number = 0;
  /** Requests that came back after the warm-up, whenever they were generated. */
  returned: number = 0;
  /** Requests that ended without completing, by ending. */
  readonly ended: Float64Array;
  /** Completions by cell of the series. */
  readonly cellCompleted: Float64Array;

  constructor(cells: i32) {
    this.latency = new ValueRecorder(LATENCY_BITS);
    this.ended = new Float64Array(ENDINGS);
    this.cellCompleted = new Float64Array(cells);
  }

  /** Forgets everything, the series too. */
  reset(): void {
    this.cellCompleted.fill(0);
    this.clear();
  }

  /** Forgets what was counted, not the series. */
  clear(): void {
    this.latency.reset();
    this.generated = 0;
    this.returned = 0;
    this.ended.fill(0);
  }

  /** A request came back after `latency_s` in a cell; `counted` is false for one of the warm-up. */
  complete(latency_s: number, counted: boolean, cell: i32): void {
    this.returned += 1;
    if (counted) this.latency.add(latency_s);
    if (cell < this.cellCompleted.length) this.cellCompleted[cell] += 1;
  }

  save(to: NumberWriter, cells: i32): void {
    to.number(this.generated);
    to.number(this.returned);
    for (let k = 0; k < ENDINGS; k++) to.number(this.ended[k]);
    to.numbers(this.cellCompleted, cells);
    this.latency.save(to);
  }
}

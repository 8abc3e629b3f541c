import type { NumberWriter } from "../platform/number-writer.js";
import { ENDINGS } from "./ending.js";
import { PartRecord } from "./part-record.js";
import type { ValueRecorder } from "./value-recorder.js";

/** What is recorded of one kind of request: of an entry of a generator's mix, or of a class for an endpoint of a server. */
export class KindRecord extends PartRecord {
  /** Latency of completed requests [s]. */
  readonly latency: ValueRecorder;
  /** Requests generated after the warm-up. */
  generated: number = 0;
  /** Requests that came back after the warm-up, whenever they were generated. */
  returned: number = 0;
  /** Requests that ended without completing after the warm-up, whenever they were generated. */
  errors: number = 0;
  /** Of those that count, by ending. */
  readonly ended: Float64Array;
  /** Completions, the sum of their latencies [s], and requests that ended otherwise, by cell of the series. */
  readonly cellCompleted: Float64Array;
  readonly cellLatency_s: Float64Array;
  readonly cellErrors: Float64Array;

  /** `latency` is what takes those of completed requests. */
  constructor(cells: i32, latency: ValueRecorder) {
    super();
    this.latency = latency;
    this.ended = new Float64Array(ENDINGS);
    this.cellCompleted = new Float64Array(cells);
    this.cellLatency_s = new Float64Array(cells);
    this.cellErrors = new Float64Array(cells);
  }

  override reset(): void {
    this.cellCompleted.fill(0);
    this.cellLatency_s.fill(0);
    this.cellErrors.fill(0);
    this.clear();
  }

  /** A request came back after `latency_s` in a cell; `counted` is false for one of the warm-up. */
  complete(latency_s: number, counted: boolean, cell: i32): void {
    this.returned += 1;
    if (counted) this.latency.add(latency_s);
    if (cell >= this.cellCompleted.length) return;
    this.cellCompleted[cell] += 1;
    this.cellLatency_s[cell] += latency_s;
  }

  /** A request ended without completing in a cell; `counted` is false for one of the warm-up. */
  abandon(ending: i32, counted: boolean, cell: i32): void {
    this.errors += 1;
    if (counted) this.ended[ending] += 1;
    if (cell < this.cellErrors.length) this.cellErrors[cell] += 1;
  }

  save(to: NumberWriter, cells: i32): void {
    to.number(this.generated);
    to.number(this.returned);
    to.number(this.errors);
    for (let k = 0; k < ENDINGS; k++) to.number(this.ended[k]);
    to.numbers(this.cellCompleted, cells);
    to.numbers(this.cellLatency_s, cells);
    to.numbers(this.cellErrors, cells);
    this.latency.save(to);
  }

  protected override clear(): void {
    this.latency.reset();
    this.generated = 0;
    this.returned = 0;
    this.errors = 0;
    this.ended.fill(0);
  }
}

import type { NumberReader } from "../platform/number-reader.js";
import { ENDINGS } from "../record/ending.js";
import { RecordedValues } from "./recorded-values.js";

/** What became of requests: of all of them, or of one kind. */
export interface RecordedRequests {
  readonly generated: number;
  readonly returned: number;
  /** Those that ended without completing, whenever they were generated; and of those that count how many, by ending. */
  readonly errors: number;
  readonly ended: Float64Array;
  readonly latency: RecordedValues;
  /** Completions, the sum of their latencies [s], and requests that ended otherwise, by cell, of the closed ones. */
  readonly cellCompleted: Float64Array;
  readonly cellLatency_s: Float64Array;
  readonly cellErrors: Float64Array;
}

/** Reads what a `KindRecord` saved. */
export function readKind(saved: NumberReader, closedCells: number): RecordedRequests {
  return {
    generated: saved.number(),
    returned: saved.number(),
    errors: saved.number(),
    ended: saved.numbers(ENDINGS),
    cellCompleted: saved.view(closedCells),
    cellLatency_s: saved.view(closedCells),
    cellErrors: saved.view(closedCells),
    latency: RecordedValues.read(saved),
  };
}

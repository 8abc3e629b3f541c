import type { NumberReader } from "../platform/number-reader.js";
import { readLevel, type RecordedLevel } from "./recorded-level.js";
import { RecordedValues } from "./recorded-values.js";

/** See `GroupRecord`. */
export interface RecordedGroup {
  readonly backlog: RecordedLevel;
  readonly inProcess: RecordedLevel;
  readonly prefetched: RecordedLevel;
  readonly lag: RecordedValues;
  readonly endToEnd: RecordedValues;
  readonly delivered: number;
  readonly redelivered: number;
  readonly acknowledged: number;
  readonly dead: number;
  readonly lost: number;
  readonly dropped: number;
  /** Messages in the backlog and in process when the run ended. */
  readonly left: number;
}

/** See `TopicRecord`. */
export interface RecordedTopic {
  readonly published: number;
  readonly rejected: number;
  readonly blocked: RecordedLevel;
  readonly wait: RecordedValues;
}

/** Reads what `GroupRecord.save` wrote. */
export function readGroup(saved: NumberReader, closedCells: number): RecordedGroup {
  return {
    backlog: readLevel(saved, closedCells),
    inProcess: readLevel(saved, closedCells),
    prefetched: readLevel(saved, closedCells),
    lag: RecordedValues.read(saved),
    endToEnd: RecordedValues.read(saved),
    delivered: saved.number(),
    redelivered: saved.number(),
    acknowledged: saved.number(),
    dead: saved.number(),
    lost: saved.number(),
    dropped: saved.number(),
    left: saved.number(),
  };
}

/** Reads what `TopicRecord.save` wrote. */
export function readTopic(saved: NumberReader, closedCells: number): RecordedTopic {
  return {
    published: saved.number(),
    rejected: saved.number(),
    blocked: readLevel(saved, closedCells),
    wait: RecordedValues.read(saved),
  };
}

import type { NumberReader } from "../platform/number-reader.js";
import { readLevel, type RecordedLevel } from "./recorded-level.js";
import { RecordedValues } from "./recorded-values.js";

/** See `DirectionRecord`. */
export interface RecordedDirection {
  readonly transfers: RecordedLevel;
  readonly busy: RecordedLevel;
  readonly transfer: RecordedValues;
  readonly bytes: number;
}

/** See `ChannelRecord`. */
export interface RecordedChannel {
  readonly there: RecordedDirection;
  readonly back: RecordedDirection;
  readonly retransmissions: number;
  readonly stalled: number;
  readonly stall_s: number;
}

/** Reads what `ChannelRecord.save` wrote. */
export function readChannel(saved: NumberReader, closedCells: number): RecordedChannel {
  return {
    there: readDirection(saved, closedCells),
    back: readDirection(saved, closedCells),
    retransmissions: saved.number(),
    stalled: saved.number(),
    stall_s: saved.number(),
  };
}

function readDirection(saved: NumberReader, closedCells: number): RecordedDirection {
  return {
    transfers: readLevel(saved, closedCells),
    busy: readLevel(saved, closedCells),
    transfer: RecordedValues.read(saved),
    bytes: saved.number(),
  };
}

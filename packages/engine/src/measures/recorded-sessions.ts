import type { NumberReader } from "../platform/number-reader.js";
import { readLevel, type RecordedLevel } from "./recorded-level.js";

/** See `SessionRecord`. */
export interface RecordedSessions {
  readonly thinking: RecordedLevel;
  readonly started: number;
  readonly completed: number;
  readonly aborted: number;
}

/** Reads what the record of this name saved. */
export function readSessions(saved: NumberReader, closedCells: number): RecordedSessions {
  return {
    thinking: readLevel(saved, closedCells),
    started: saved.number(),
    completed: saved.number(),
    aborted: saved.number(),
  };
}

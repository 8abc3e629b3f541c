import type { NumberReader } from "../platform/number-reader.js";
import { CAUSES, STATES } from "../record/stability.js";
import { readLevel, type RecordedLevel } from "./recorded-level.js";

/** See `DetectorRecord`. */
export interface RecordedDetector {
  readonly state: RecordedLevel;
  /** Time in each state [s]. */
  readonly time_s: Float64Array;
  /** Collapses by cause. */
  readonly causes: Float64Array;
  /** NaN for never [s]. */
  readonly firstDegraded_s: number;
  readonly firstCollapsed_s: number;
  readonly worst: number;
  readonly last: number;
  readonly highestFill: number;
}

/** See `InjectorRecord`. */
export interface RecordedInjector {
  readonly dropped: number;
  readonly delayed: number;
  readonly struck: number;
}

/** See `ThrottleRecord`. */
export interface RecordedThrottle {
  readonly held: number;
  readonly held_s: number;
}

/** Reads what the record of this name saved. */
export function readDetector(saved: NumberReader, closedCells: number): RecordedDetector {
  return {
    state: readLevel(saved, closedCells),
    time_s: saved.numbers(STATES),
    causes: saved.numbers(CAUSES),
    firstDegraded_s: timeIn(saved),
    firstCollapsed_s: timeIn(saved),
    worst: saved.number(),
    last: saved.number(),
    highestFill: saved.number(),
  };
}

/** Reads what the record of this name saved. */
export function readInjector(saved: NumberReader): RecordedInjector {
  return { dropped: saved.number(), delayed: saved.number(), struck: saved.number() };
}

/** Reads what the record of this name saved. */
export function readThrottle(saved: NumberReader): RecordedThrottle {
  return { held: saved.number(), held_s: saved.number() };
}

function timeIn(saved: NumberReader): number {
  const time_s = saved.number();
  return time_s < 0 ? Number.NaN : time_s;
}

import type { NumberReader } from "../platform/number-reader.js";
import type { Plan } from "../plan.js";
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

/** Of the detectors, of the servers that have an injector and of the generators that have a throttle. */
export interface RecordedDetection {
  readonly detectors: readonly RecordedDetector[];
  readonly injectors: readonly RecordedInjector[];
  readonly throttles: readonly RecordedThrottle[];
}

/** Reads what `DetectionRecord.save` wrote. */
export function readDetection(
  { detectors = [], servers, generators }: Plan,
  saved: NumberReader,
  closedCells: number,
): RecordedDetection {
  return {
    detectors: detectors.map(() => readDetector(saved, closedCells)),
    injectors: servers
      .filter(({ injector }) => injector !== undefined)
      .map(() => ({ dropped: saved.number(), delayed: saved.number(), struck: saved.number() })),
    throttles: generators
      .filter(({ throttle }) => throttle !== undefined)
      .map(() => ({ held: saved.number(), held_s: saved.number() })),
  };
}

function readDetector(saved: NumberReader, closedCells: number): RecordedDetector {
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

function timeIn(saved: NumberReader): number {
  const time_s = saved.number();
  return time_s < 0 ? Number.NaN : time_s;
}

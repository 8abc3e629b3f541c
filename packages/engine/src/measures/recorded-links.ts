import type { NumberReader } from "../platform/number-reader.js";
import { readLevel, type RecordedLevel } from "./recorded-level.js";

/** See `LinkRecord`. */
export interface RecordedLink {
  readonly level: RecordedLevel;
  readonly lost: number;
  readonly calls: number;
  readonly retries: number;
  readonly timeouts: number;
  readonly turnedAway: number;
  readonly hedges: number;
  readonly hedgeWins: number;
  readonly fallbacks: number;
}

/** See `DiallingRecord`. */
export interface RecordedDialling {
  readonly opened: number;
  readonly handshake_s: number;
  readonly reused: number;
}

/** See `BreakerRecord`. */
export interface RecordedBreaker {
  readonly opened: number;
  readonly open_s: number;
}

/** See `EjectionRecord`. */
export interface RecordedEjections {
  readonly ejections: number;
  readonly ejected_s: number;
  /** By cell, of the closed ones [s]. */
  readonly cellEjected_s: Float64Array;
}

/** Reads what the record of this name saved. */
export function readLink(saved: NumberReader, closedCells: number): RecordedLink {
  return {
    level: readLevel(saved, closedCells),
    lost: saved.number(),
    calls: saved.number(),
    retries: saved.number(),
    timeouts: saved.number(),
    turnedAway: saved.number(),
    hedges: saved.number(),
    hedgeWins: saved.number(),
    fallbacks: saved.number(),
  };
}

/** Reads what the record of this name saved. */
export function readDialling(saved: NumberReader): RecordedDialling {
  return { opened: saved.number(), handshake_s: saved.number(), reused: saved.number() };
}

/** Reads what the record of this name saved. */
export function readBreaker(saved: NumberReader): RecordedBreaker {
  return { opened: saved.number(), open_s: saved.number() };
}

/** Reads what the record of this name saved. */
export function readEjections(saved: NumberReader, closedCells: number): RecordedEjections {
  return { ejections: saved.number(), ejected_s: saved.number(), cellEjected_s: saved.numbers(closedCells) };
}

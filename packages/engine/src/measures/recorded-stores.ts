import type { NumberReader } from "../platform/number-reader.js";
import { readLevel, type RecordedLevel } from "./recorded-level.js";
import { RecordedValues } from "./recorded-values.js";

/** See `PoolRecord`. */
export interface RecordedPool {
  readonly held: RecordedLevel;
  readonly queue: RecordedLevel;
  readonly wait: RecordedValues;
  readonly timeouts: number;
  readonly rejected: number;
}

/** See `CacheRecord`. */
export interface RecordedCache {
  readonly entries: RecordedLevel;
  readonly hits: number;
  readonly misses: number;
  readonly coalesced: number;
  readonly evictions: number;
  readonly expirations: number;
  readonly cellHits: Float64Array;
  readonly cellLookUps: Float64Array;
}

/** See `RowsRecord`. */
export interface RecordedRows {
  readonly locked: RecordedLevel;
  readonly queue: RecordedLevel;
  readonly wait: RecordedValues;
  readonly timeouts: number;
  readonly deadlocks: number;
  readonly replicaReads: number;
  readonly staleReads: number;
  readonly failovers: number;
  readonly lostWrites: number;
}

/** Reads what the record of this name saved. */
export function readPool(saved: NumberReader, closedCells: number): RecordedPool {
  return {
    held: readLevel(saved, closedCells),
    queue: readLevel(saved, closedCells),
    wait: RecordedValues.read(saved),
    timeouts: saved.number(),
    rejected: saved.number(),
  };
}

/** Reads what the record of this name saved. */
export function readCache(saved: NumberReader, closedCells: number): RecordedCache {
  return {
    entries: readLevel(saved, closedCells),
    hits: saved.number(),
    misses: saved.number(),
    coalesced: saved.number(),
    evictions: saved.number(),
    expirations: saved.number(),
    cellHits: saved.numbers(closedCells),
    cellLookUps: saved.numbers(closedCells),
  };
}

/** Reads what the record of this name saved. */
export function readRows(saved: NumberReader, closedCells: number): RecordedRows {
  return {
    locked: readLevel(saved, closedCells),
    queue: readLevel(saved, closedCells),
    wait: RecordedValues.read(saved),
    timeouts: saved.number(),
    deadlocks: saved.number(),
    replicaReads: saved.number(),
    staleReads: saved.number(),
    failovers: saved.number(),
    lostWrites: saved.number(),
  };
}

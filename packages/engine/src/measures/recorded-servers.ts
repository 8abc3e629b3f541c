import type { NumberReader } from "../platform/number-reader.js";
import { readLevel, type RecordedLevel } from "./recorded-level.js";
import { RecordedValues } from "./recorded-values.js";

/** See `ServerRecord`. */
export interface RecordedServer {
  readonly ready: RecordedLevel;
  readonly io: RecordedLevel;
  readonly ramQueue: RecordedLevel;
  readonly ram: RecordedLevel;
  readonly cpu: RecordedLevel;
  readonly cpuWait: RecordedValues;
  readonly ramWait_s: number;
  readonly reservations: number;
  readonly visits: number;
  readonly served_s: number;
  readonly residence_s: number;
  readonly zombie_s: number;
  readonly cpu_s: number;
  readonly limited: number;
}

/** See `ProcessorsRecord`. */
export interface RecordedProcessors {
  readonly paused: RecordedLevel;
  readonly throttled: RecordedLevel;
  readonly blocked: RecordedLevel;
  readonly loopLag: RecordedValues;
}

/** See `AdmissionRecord`. */
export interface RecordedAdmission {
  readonly inside: RecordedLevel;
  readonly backlog: RecordedLevel;
  readonly wait: RecordedValues;
  readonly rejected: number;
}

/** See `ColdStartRecord`. */
export interface RecordedColdStart {
  readonly queue: RecordedLevel;
  readonly starts: number;
  readonly waits: number;
  readonly wait_s: number;
}

/** See `GateRecord`. */
export interface RecordedGate {
  readonly inside: RecordedLevel;
  readonly queue: RecordedLevel;
  readonly limit: RecordedLevel;
  readonly wait: RecordedValues;
  readonly rejected: number;
  readonly dropped: number;
  readonly shed: number;
  readonly expired: number;
  readonly limited: number;
}

/** See `AutoscalerRecord`. */
export interface RecordedAutoscaler {
  readonly replicas: RecordedLevel;
  readonly ready: RecordedLevel;
  readonly running: RecordedLevel;
  readonly ups: number;
  readonly downs: number;
}

/** See `TroubleRecord`. */
export interface RecordedTrouble {
  readonly down: RecordedLevel;
  readonly impaired: RecordedLevel;
  readonly failures: number;
  readonly impairments: number;
}

/** Reads what the record of this name saved. */
export function readServer(saved: NumberReader, closedCells: number): RecordedServer {
  return {
    ready: readLevel(saved, closedCells),
    io: readLevel(saved, closedCells),
    ramQueue: readLevel(saved, closedCells),
    ram: readLevel(saved, closedCells),
    cpu: readLevel(saved, closedCells),
    cpuWait: RecordedValues.read(saved),
    ramWait_s: saved.number(),
    reservations: saved.number(),
    visits: saved.number(),
    served_s: saved.number(),
    residence_s: saved.number(),
    zombie_s: saved.number(),
    cpu_s: saved.number(),
    limited: saved.number(),
  };
}

/** Reads what the record of this name saved. */
export function readProcessors(saved: NumberReader, closedCells: number): RecordedProcessors {
  return {
    paused: readLevel(saved, closedCells),
    throttled: readLevel(saved, closedCells),
    blocked: readLevel(saved, closedCells),
    loopLag: RecordedValues.read(saved),
  };
}

/** Reads what the record of this name saved. */
export function readAdmission(saved: NumberReader, closedCells: number): RecordedAdmission {
  return {
    inside: readLevel(saved, closedCells),
    backlog: readLevel(saved, closedCells),
    wait: RecordedValues.read(saved),
    rejected: saved.number(),
  };
}

/** Reads what the record of this name saved. */
export function readColdStart(saved: NumberReader, closedCells: number): RecordedColdStart {
  return {
    queue: readLevel(saved, closedCells),
    starts: saved.number(),
    waits: saved.number(),
    wait_s: saved.number(),
  };
}

/** Reads what the record of this name saved. */
export function readGate(saved: NumberReader, closedCells: number): RecordedGate {
  return {
    inside: readLevel(saved, closedCells),
    queue: readLevel(saved, closedCells),
    limit: readLevel(saved, closedCells),
    wait: RecordedValues.read(saved),
    rejected: saved.number(),
    dropped: saved.number(),
    shed: saved.number(),
    expired: saved.number(),
    limited: saved.number(),
  };
}

/** Reads what the record of this name saved. */
export function readAutoscaler(saved: NumberReader, closedCells: number): RecordedAutoscaler {
  return {
    replicas: readLevel(saved, closedCells),
    ready: readLevel(saved, closedCells),
    running: readLevel(saved, closedCells),
    ups: saved.number(),
    downs: saved.number(),
  };
}

/** Reads what the record of this name saved. */
export function readTrouble(saved: NumberReader, closedCells: number): RecordedTrouble {
  return {
    down: readLevel(saved, closedCells),
    impaired: readLevel(saved, closedCells),
    failures: saved.number(),
    impairments: saved.number(),
  };
}

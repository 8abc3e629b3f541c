import type { NumberReader } from "../platform/number-reader.js";
import { readLevel, type RecordedLevel } from "./recorded-level.js";
import { RecordedValues } from "./recorded-values.js";

/** See `TroubleRecord`. */
export interface RecordedTrouble {
  readonly down: RecordedLevel;
  readonly impaired: RecordedLevel;
  readonly failures: number;
  readonly impairments: number;
}

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

/** See `DiallingRecord`. */
export interface RecordedDialling {
  readonly opened: number;
  readonly handshake_s: number;
  readonly reused: number;
}

/** See `SessionRecord`. */
export interface RecordedSessions {
  readonly thinking: RecordedLevel;
  readonly started: number;
  readonly completed: number;
  readonly aborted: number;
}

/** See `LlmRecord`. */
export interface RecordedLlm {
  readonly active: RecordedLevel;
  readonly queue: RecordedLevel;
  readonly kv: RecordedLevel;
  readonly wait: RecordedValues;
  readonly firstToken: RecordedValues;
  readonly perToken: RecordedValues;
  readonly requests: number;
  readonly answers: number;
  readonly rateLimited: number;
  readonly refused: number;
  readonly failed: number;
  readonly withdrawn: number;
  readonly queueTimeouts: number;
  readonly inputTokens: number;
  readonly outputTokens: number;
}

/** See `AutoscalerRecord`. */
export interface RecordedAutoscaler {
  readonly replicas: RecordedLevel;
  readonly ready: RecordedLevel;
  readonly running: RecordedLevel;
  readonly ups: number;
  readonly downs: number;
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

/** See `ProcessorsRecord`. */
export interface RecordedProcessors {
  readonly paused: RecordedLevel;
  readonly throttled: RecordedLevel;
  readonly blocked: RecordedLevel;
  readonly loopLag: RecordedValues;
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
export function readSessions(saved: NumberReader, closedCells: number): RecordedSessions {
  return {
    thinking: readLevel(saved, closedCells),
    started: saved.number(),
    completed: saved.number(),
    aborted: saved.number(),
  };
}

/** Reads what the record of this name saved. */
export function readLlm(saved: NumberReader, closedCells: number): RecordedLlm {
  return {
    active: readLevel(saved, closedCells),
    queue: readLevel(saved, closedCells),
    kv: readLevel(saved, closedCells),
    wait: RecordedValues.read(saved),
    firstToken: RecordedValues.read(saved),
    perToken: RecordedValues.read(saved),
    requests: saved.number(),
    answers: saved.number(),
    rateLimited: saved.number(),
    refused: saved.number(),
    failed: saved.number(),
    withdrawn: saved.number(),
    queueTimeouts: saved.number(),
    inputTokens: saved.number(),
    outputTokens: saved.number(),
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

/** Reads what the record of this name saved. */
export function readDialling(saved: NumberReader): RecordedDialling {
  return { opened: saved.number(), handshake_s: saved.number(), reused: saved.number() };
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
export function readProcessors(saved: NumberReader, closedCells: number): RecordedProcessors {
  return {
    paused: readLevel(saved, closedCells),
    throttled: readLevel(saved, closedCells),
    blocked: readLevel(saved, closedCells),
    loopLag: RecordedValues.read(saved),
  };
}

/** Reads what the record of this name saved. */
export function readBreaker(saved: NumberReader): RecordedBreaker {
  return { opened: saved.number(), open_s: saved.number() };
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
export function readTrouble(saved: NumberReader, closedCells: number): RecordedTrouble {
  return {
    down: readLevel(saved, closedCells),
    impaired: readLevel(saved, closedCells),
    failures: saved.number(),
    impairments: saved.number(),
  };
}

/** Reads what the record of this name saved. */
export function readEjections(saved: NumberReader, closedCells: number): RecordedEjections {
  return { ejections: saved.number(), ejected_s: saved.number(), cellEjected_s: saved.numbers(closedCells) };
}

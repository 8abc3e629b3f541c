import type { NumberReader } from "../platform/number-reader.js";
import type { Plan } from "../plan.js";
import { ENDINGS } from "../record/ending.js";
import { cellsOf } from "./cells-of.js";
import { placedBreakers } from "./placed-breakers.js";
import { placedPools } from "./placed-pools.js";
import { pooledPools, pooledServers } from "./pooled-servers.js";
import { pooledRequests } from "./pooled-requests.js";
import { RecordedAttribution } from "./recorded-attribution.js";
import { RecordedValues } from "./recorded-values.js";
import { recordedKinds, requestKinds } from "./request-kinds.js";
import { replicaSets } from "./replica-sets.js";
import { scheduledServers } from "./scheduled-servers.js";
import { troubledComponents } from "./troubled-components.js";

/** A level over the counted time; the series covers the whole run. */
export interface RecordedLevel {
  /** Integral over time. */
  readonly area: number;
  readonly maximum: number;
  /** Averages of the closed cells and values at their ends. */
  readonly cellMeans: Float64Array;
  readonly cellEnds: Float64Array;
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
  readonly hits: number;
  readonly misses: number;
  readonly coalesced: number;
  readonly evictions: number;
  readonly expirations: number;
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

/** See `AutoscalerRecord`. */
export interface RecordedAutoscaler {
  readonly replicas: RecordedLevel;
  readonly ready: RecordedLevel;
  readonly running: RecordedLevel;
  readonly ups: number;
  readonly downs: number;
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

/** See `TroubleRecord`. */
export interface RecordedTrouble {
  readonly down: RecordedLevel;
  readonly impaired: RecordedLevel;
  readonly failures: number;
  readonly impairments: number;
}

/** What became of requests: of all of them, or of one kind. */
export interface RecordedRequests {
  readonly generated: number;
  readonly returned: number;
  /** By ending. */
  readonly ended: Float64Array;
  readonly latency: RecordedValues;
  /** Completions by cell, of the closed ones. */
  readonly cellCompleted: Float64Array;
}

/** What a finished run recorded: see `Recorder`. */
export interface Recorded extends RecordedRequests {
  readonly cells: number;
  readonly closedCells: number;
  readonly cellLatency_s: Float64Array;
  readonly inFlight: RecordedLevel;
  readonly servers: readonly RecordedServer[];
  readonly links: readonly RecordedLink[];
  /** Of `placedPools`. */
  readonly pools: readonly RecordedPool[];
  /** Of the servers of `scheduledServers`. */
  readonly processors: readonly RecordedProcessors[];
  /** The servers of each of `replicaSets(plan)` as one, and each of its pools. */
  readonly replicaSets: readonly { readonly server: RecordedServer; readonly pools: readonly RecordedPool[] }[];
  /** Where the time of requests went; undefined where the plan does not ask. */
  readonly attribution: RecordedAttribution | undefined;
  readonly caches: readonly RecordedCache[];
  /** One for each of `placedBreakers(plan)`. */
  readonly breakers: readonly RecordedBreaker[];
  /** One for each of `requestKinds(plan)`. */
  readonly kinds: readonly RecordedRequests[];
  /** Of the servers that do not let everybody in, of those that must start, of the edges that have connections. */
  readonly admissions: readonly RecordedAdmission[];
  readonly coldStarts: readonly RecordedColdStart[];
  readonly diallings: readonly RecordedDialling[];
  /** Of the generators that have sessions. */
  readonly sessions: readonly RecordedSessions[];
  /** Of `troubledComponents(plan)`. */
  readonly troubles: readonly RecordedTrouble[];
  readonly autoscalers: readonly RecordedAutoscaler[];
}

/** Reads what `Recorder.save` wrote, in its order. */
export function readRecorded(plan: Plan, saved: NumberReader): Recorded {
  const generated = saved.number();
  const returned = saved.number();
  const closedCells = saved.int();
  const ended = saved.numbers(ENDINGS);
  const cellCompleted = saved.numbers(closedCells);
  const cellLatency_s = saved.numbers(closedCells);
  const inFlight = readLevel(saved, closedCells);
  const latency = RecordedValues.read(saved);
  const servers = plan.servers.map(() => readServer(saved, closedCells));
  const links = plan.edges.map(() => readLink(saved, closedCells));
  const pools = placedPools(plan).map(() => readPool(saved, closedCells));
  const caches = (plan.caches ?? []).map(() => readCache(saved));
  const entries = Array.from({ length: recordedKinds(plan) }, () => readKind(saved, closedCells));
  const kinds = requestKinds(plan).map((kind) => pooledRequests(kind.entries.map((entry) => entries[entry]!)));
  const processors = scheduledServers(plan).map(() => readProcessors(saved, closedCells));
  const breakers = placedBreakers(plan).map(() => readBreaker(saved));
  const admissions = plan.servers
    .filter(({ admission }) => admission !== undefined)
    .map(() => readAdmission(saved, closedCells));
  const coldStarts = plan.servers
    .filter(({ cold_start }) => cold_start !== undefined)
    .map(() => readColdStart(saved, closedCells));
  const diallings = plan.edges.filter(({ connection }) => connection !== undefined).map(() => readDialling(saved));
  const sessions = plan.generators
    .filter(({ session }) => session !== undefined)
    .map(() => readSessions(saved, closedCells));
  const troubles = troubledComponents(plan).map(() => readTrouble(saved, closedCells));
  const autoscalers = (plan.autoscalers ?? []).map(() => readAutoscaler(saved, closedCells));
  const sets = replicaSets(plan).map((set) => ({
    server: pooledServers(set.members.map((member) => servers[member]!)),
    pools: set.pools.map((pool) => pooledPools(pool.members.map((member) => pools[member]!))),
  }));
  const attribution = plan.attribution ? new RecordedAttribution(saved) : undefined;
  const cells = cellsOf(plan);
  return {
    generated,
    returned,
    ended,
    cells,
    closedCells,
    cellCompleted,
    cellLatency_s,
    inFlight,
    latency,
    servers,
    links,
    pools,
    processors,
    caches,
    breakers,
    kinds,
    admissions,
    coldStarts,
    diallings,
    sessions,
    troubles,
    autoscalers,
    replicaSets: sets,
    attribution,
  };
}

function readKind(saved: NumberReader, closedCells: number): RecordedRequests {
  return {
    generated: saved.number(),
    returned: saved.number(),
    ended: saved.numbers(ENDINGS),
    cellCompleted: saved.numbers(closedCells),
    latency: RecordedValues.read(saved),
  };
}

function readAdmission(saved: NumberReader, closedCells: number): RecordedAdmission {
  return {
    inside: readLevel(saved, closedCells),
    backlog: readLevel(saved, closedCells),
    wait: RecordedValues.read(saved),
    rejected: saved.number(),
  };
}

function readColdStart(saved: NumberReader, closedCells: number): RecordedColdStart {
  return {
    queue: readLevel(saved, closedCells),
    starts: saved.number(),
    waits: saved.number(),
    wait_s: saved.number(),
  };
}

function readSessions(saved: NumberReader, closedCells: number): RecordedSessions {
  return {
    thinking: readLevel(saved, closedCells),
    started: saved.number(),
    completed: saved.number(),
    aborted: saved.number(),
  };
}

function readTrouble(saved: NumberReader, closedCells: number): RecordedTrouble {
  return {
    down: readLevel(saved, closedCells),
    impaired: readLevel(saved, closedCells),
    failures: saved.number(),
    impairments: saved.number(),
  };
}

function readAutoscaler(saved: NumberReader, closedCells: number): RecordedAutoscaler {
  return {
    replicas: readLevel(saved, closedCells),
    ready: readLevel(saved, closedCells),
    running: readLevel(saved, closedCells),
    ups: saved.number(),
    downs: saved.number(),
  };
}

function readDialling(saved: NumberReader): RecordedDialling {
  return { opened: saved.number(), handshake_s: saved.number(), reused: saved.number() };
}

function readLink(saved: NumberReader, closedCells: number): RecordedLink {
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

function readPool(saved: NumberReader, closedCells: number): RecordedPool {
  return {
    held: readLevel(saved, closedCells),
    queue: readLevel(saved, closedCells),
    wait: RecordedValues.read(saved),
    timeouts: saved.number(),
    rejected: saved.number(),
  };
}

function readCache(saved: NumberReader): RecordedCache {
  return {
    hits: saved.number(),
    misses: saved.number(),
    coalesced: saved.number(),
    evictions: saved.number(),
    expirations: saved.number(),
  };
}

function readProcessors(saved: NumberReader, closedCells: number): RecordedProcessors {
  return {
    paused: readLevel(saved, closedCells),
    throttled: readLevel(saved, closedCells),
    blocked: readLevel(saved, closedCells),
    loopLag: RecordedValues.read(saved),
  };
}

function readBreaker(saved: NumberReader): RecordedBreaker {
  return { opened: saved.number(), open_s: saved.number() };
}

function readServer(saved: NumberReader, closedCells: number): RecordedServer {
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

function readLevel(saved: NumberReader, closedCells: number): RecordedLevel {
  return {
    area: saved.number(),
    maximum: saved.number(),
    cellMeans: saved.numbers(closedCells),
    cellEnds: saved.numbers(closedCells),
  };
}

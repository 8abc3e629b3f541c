import type { NumberReader } from "../platform/number-reader.js";
import type { Plan } from "../plan.js";
import { ENDINGS } from "../record/ending.js";
import { cellsOf } from "./cells-of.js";
import { networkEdges } from "./network-edges.js";
import { lockingServers } from "./rows-measures.js";
import { readDetection, type RecordedDetection } from "./recorded-detection.js";
import { readLevel, type RecordedLevel } from "./recorded-level.js";
import { placedBreakers } from "./placed-breakers.js";
import { placedGroups, placedTopics } from "./placed-topics.js";
import { placedPools } from "./placed-pools.js";
import { pooledGates, pooledPools, pooledServers } from "./pooled-servers.js";
import { pooledRequests } from "./pooled-requests.js";
import { RecordedAttribution } from "./recorded-attribution.js";
import { readChannel, type RecordedChannel } from "./recorded-channel.js";
import { readGroup, readTopic, type RecordedGroup, type RecordedTopic } from "./recorded-messages.js";
import { RecordedValues } from "./recorded-values.js";
import { recordedKinds, requestKinds } from "./request-kinds.js";
import { replicaSets } from "./replica-sets.js";
import { scheduledServers } from "./scheduled-servers.js";

export type { RecordedLevel } from "./recorded-level.js";

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

/** The servers of a replica set as one, each of its pools, and their gates. */
export interface RecordedSet {
  readonly server: RecordedServer;
  readonly pools: readonly RecordedPool[];
  /** Undefined when they have none. */
  readonly gate: RecordedGate | undefined;
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
  /** Of `replicaSets(plan)`. */
  readonly replicaSets: readonly RecordedSet[];
  /** Where the time of requests went; undefined where the plan does not ask. */
  readonly attribution: RecordedAttribution | undefined;
  /** Those with contents, then those with curves. */
  readonly caches: readonly RecordedCache[];
  /** One for each of `placedBreakers(plan)`. */
  readonly breakers: readonly RecordedBreaker[];
  /** One for each of `requestKinds(plan)`. */
  readonly kinds: readonly RecordedRequests[];
  /** Of the servers that do not let everybody in, of those that must start, of the edges that have connections. */
  readonly admissions: readonly RecordedAdmission[];
  readonly coldStarts: readonly RecordedColdStart[];
  readonly diallings: readonly RecordedDialling[];
  /** Of the servers that have a gate. */
  readonly gates: readonly RecordedGate[];
  /** Of the generators that have sessions. */
  readonly sessions: readonly RecordedSessions[];
  readonly llms: readonly RecordedLlm[];
  /** What requests cost [USD]; undefined where nothing has a price. */
  readonly costs: RecordedValues | undefined;
  /** One for each of `networkEdges(plan)`. */
  readonly channels: readonly RecordedChannel[];
  /** One for each of `placedGroups(plan)` and `placedTopics(plan)`. */
  readonly groups: readonly RecordedGroup[];
  readonly topics: readonly RecordedTopic[];
  readonly autoscalers: readonly RecordedAutoscaler[];
  /** Of the servers that have tables. */
  readonly rows: readonly RecordedRows[];
  readonly detection: RecordedDetection;
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
  const caches = [...(plan.caches ?? []), ...(plan.hit_curves ?? [])].map(() => readCache(saved, closedCells));
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
  const gates = plan.servers.flatMap(({ gate }) => (gate === undefined ? [] : [readGate(saved, closedCells)]));
  const diallings = plan.edges.filter(({ connection }) => connection !== undefined).map(() => readDialling(saved));
  const sessions = plan.generators
    .filter(({ session }) => session !== undefined)
    .map(() => readSessions(saved, closedCells));
  const llms = (plan.llms ?? []).map(() => readLlm(saved, closedCells));
  const costs = llms.length === 0 ? undefined : RecordedValues.read(saved);
  const channels = networkEdges(plan).map(() => readChannel(saved, closedCells));
  const groups = placedGroups(plan).map(() => readGroup(saved, closedCells));
  const topics = placedTopics(plan).map(() => readTopic(saved, closedCells));
  const autoscalers = (plan.autoscalers ?? []).map(() => readAutoscaler(saved, closedCells));
  const rows = lockingServers(plan).map(() => readRows(saved, closedCells));
  const detection = readDetection(plan, saved, closedCells);
  const sets = replicaSets(plan).map((set) => ({
    server: pooledServers(set.members.map((member) => servers[member]!)),
    pools: set.pools.map((pool) => pooledPools(pool.members.map((member) => pools[member]!))),
    gate: set.gates.length === 0 ? undefined : pooledGates(set.gates.map((member) => gates[member]!)),
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
    gates,
    diallings,
    sessions,
    llms,
    costs,
    channels,
    groups,
    topics,
    autoscalers,
    rows,
    detection,
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

function readGate(saved: NumberReader, closedCells: number): RecordedGate {
  return {
    inside: readLevel(saved, closedCells),
    queue: readLevel(saved, closedCells),
    limit: readLevel(saved, closedCells),
    wait: RecordedValues.read(saved),
    rejected: saved.number(),
    dropped: saved.number(),
    shed: saved.number(),
    expired: saved.number(),
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

function readLlm(saved: NumberReader, closedCells: number): RecordedLlm {
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
    inputTokens: saved.number(),
    outputTokens: saved.number(),
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

function readRows(saved: NumberReader, closedCells: number): RecordedRows {
  return {
    locked: readLevel(saved, closedCells),
    queue: readLevel(saved, closedCells),
    wait: RecordedValues.read(saved),
    timeouts: saved.number(),
    deadlocks: saved.number(),
    replicaReads: saved.number(),
    staleReads: saved.number(),
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

function readCache(saved: NumberReader, closedCells: number): RecordedCache {
  return {
    entries: readLevel(saved, closedCells),
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

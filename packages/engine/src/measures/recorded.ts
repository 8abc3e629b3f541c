import type { NumberReader } from "../platform/number-reader.js";
import type { Plan } from "../plan.js";
import { ENDINGS } from "../record/ending.js";
import { cellsOf } from "./cells-of.js";
import { networkEdges } from "./network-edges.js";
import { lockingServers } from "./rows-measures.js";
import { readFlows, type RecordedFlows } from "./recorded-flows.js";
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
import {
  readAdmission,
  readColdStart,
  readGate,
  readSessions,
  readLlm,
  readAutoscaler,
  readRows,
  readDialling,
  readLink,
  readPool,
  readCache,
  readProcessors,
  readBreaker,
  readEjections,
  readServer,
  readTrouble,
  type RecordedServer,
  type RecordedLink,
  type RecordedPool,
  type RecordedCache,
  type RecordedAdmission,
  type RecordedColdStart,
  type RecordedGate,
  type RecordedDialling,
  type RecordedSessions,
  type RecordedLlm,
  type RecordedAutoscaler,
  type RecordedRows,
  type RecordedProcessors,
  type RecordedBreaker,
  type RecordedEjections,
  type RecordedTrouble,
} from "./recorded-parts.js";
import { troubledComponents } from "./troubled-components.js";
import { recordedVisits, visitKinds } from "./visit-kinds.js";
import { watchedMembers } from "./watched-members.js";

/** What became of requests: of all of them, or of one kind. */
export interface RecordedRequests {
  readonly generated: number;
  readonly returned: number;
  /** Those that ended without completing, whenever they were generated; and of those that count how many, by ending. */
  readonly errors: number;
  readonly ended: Float64Array;
  readonly latency: RecordedValues;
  /** Completions, the sum of their latencies [s], and requests that ended otherwise, by cell, of the closed ones. */
  readonly cellCompleted: Float64Array;
  readonly cellLatency_s: Float64Array;
  readonly cellErrors: Float64Array;
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
  /** Of `troubledComponents(plan)`. */
  readonly troubles: readonly RecordedTrouble[];
  /** One for each of `visitKinds(plan)`. */
  readonly visits: readonly RecordedRequests[];
  /** Of `watchedMembers(plan)`. */
  readonly ejections: readonly RecordedEjections[];
  readonly flows: RecordedFlows;
}

/** Reads what `Recorder.save` wrote, in its order. */
export function readRecorded(plan: Plan, saved: NumberReader): Recorded {
  const generated = saved.number();
  const returned = saved.number();
  const errors = saved.number();
  const closedCells = saved.int();
  const ended = saved.numbers(ENDINGS);
  const cellCompleted = saved.numbers(closedCells);
  const cellLatency_s = saved.numbers(closedCells);
  const cellErrors = saved.numbers(closedCells);
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
  const troubles = troubledComponents(plan).map(() => readTrouble(saved, closedCells));
  const autoscalers = (plan.autoscalers ?? []).map(() => readAutoscaler(saved, closedCells));
  const rows = lockingServers(plan).map(() => readRows(saved, closedCells));
  const detection = readDetection(plan, saved, closedCells);
  const visited = Array.from({ length: recordedVisits(plan) }, () => readKind(saved, closedCells));
  const visits = visitKinds(plan).map(({ records }) => pooledRequests(records.map((record) => visited[record]!)));
  const ejections = watchedMembers(plan).map(() => readEjections(saved, closedCells));
  const detailCells = plan.detailed_series === true ? closedCells : 0;
  const flows = readFlows(plan, saved, detailCells);
  const sets = replicaSets(plan).map((set) => ({
    server: pooledServers(set.members.map((member) => servers[member]!)),
    pools: set.pools.map((pool) => pooledPools(pool.members.map((member) => pools[member]!))),
    gate: set.gates.length === 0 ? undefined : pooledGates(set.gates.map((member) => gates[member]!)),
  }));
  const attribution = plan.attribution ? new RecordedAttribution(saved, detailCells) : undefined;
  const cells = cellsOf(plan);
  return {
    generated,
    returned,
    errors,
    ended,
    cells,
    closedCells,
    cellCompleted,
    cellLatency_s,
    cellErrors,
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
    troubles,
    visits,
    ejections,
    flows,
    replicaSets: sets,
    attribution,
  };
}

function readKind(saved: NumberReader, closedCells: number): RecordedRequests {
  return {
    generated: saved.number(),
    returned: saved.number(),
    errors: saved.number(),
    ended: saved.numbers(ENDINGS),
    cellCompleted: saved.numbers(closedCells),
    cellLatency_s: saved.numbers(closedCells),
    cellErrors: saved.numbers(closedCells),
    latency: RecordedValues.read(saved),
  };
}

import type { NumberReader } from "../platform/number-reader.js";
import type { Plan } from "../plan.js";
import { ENDINGS } from "../record/ending.js";
import { cellsOf } from "./cells-of.js";
import { pooledRequests } from "./pooled-requests.js";
import { pooledGates, pooledPools, pooledServers } from "./pooled-servers.js";
import { RecordedAttribution } from "./recorded-attribution.js";
import { readFlows, type RecordedFlows } from "./recorded-flows.js";
import { readLevel, type RecordedLevel } from "./recorded-level.js";
import { readParts, type RecordedParts } from "./recorded-parts.js";
import type { RecordedRequests } from "./recorded-requests.js";
import type { RecordedGate, RecordedServer } from "./recorded-servers.js";
import type { RecordedPool } from "./recorded-stores.js";
import { RecordedValues } from "./recorded-values.js";
import { replicaSets } from "./replica-sets.js";
import { requestKinds } from "./request-kinds.js";
import { visitKinds } from "./visit-kinds.js";

/** The servers of a replica set as one, each of its pools, and their gates. */
export interface RecordedSet {
  readonly server: RecordedServer;
  readonly pools: readonly RecordedPool[];
  readonly gates: readonly RecordedGate[];
}

/** What a finished run recorded: see `Recorder`. Its arrays by cell are good as long as what was saved. */
export interface Recorded extends RecordedRequests, Omit<RecordedParts, "kinds" | "visits"> {
  readonly cells: number;
  readonly closedCells: number;
  readonly inFlight: RecordedLevel;
  /** One for each of `requestKinds(plan)`, and for each of `visitKinds(plan)`. */
  readonly kinds: readonly RecordedRequests[];
  readonly visits: readonly RecordedRequests[];
  readonly flows: RecordedFlows;
  /** Of `replicaSets(plan)`. */
  readonly replicaSets: readonly RecordedSet[];
  /** Where the time of requests went; undefined where the plan does not ask. */
  readonly attribution: RecordedAttribution | undefined;
}

/** Reads what `Recorder.save` wrote, in its order. */
export function readRecorded(plan: Plan, saved: NumberReader): Recorded {
  const generated = saved.number();
  const returned = saved.number();
  const errors = saved.number();
  const closedCells = saved.int();
  const ended = saved.numbers(ENDINGS);
  const cellCompleted = saved.view(closedCells);
  const cellLatency_s = saved.view(closedCells);
  const cellErrors = saved.view(closedCells);
  const inFlight = readLevel(saved, closedCells);
  const latency = RecordedValues.read(saved);
  const parts = readParts(plan, saved, closedCells);
  const { servers, pools, gates, kinds, visits } = parts;
  const detailCells = plan.detailed_series === true ? closedCells : 0;
  const flows = readFlows(plan, saved, detailCells);
  return {
    generated,
    returned,
    errors,
    ended,
    cells: cellsOf(plan),
    closedCells,
    cellCompleted,
    cellLatency_s,
    cellErrors,
    inFlight,
    latency,
    flows,
    replicaSets: replicaSets(plan).map((set) => ({
      server: pooledServers(set.members.map((member) => servers[member]!)),
      pools: set.pools.map((pool) => pooledPools(pool.members.map((member) => pools[member]!))),
      gates: set.gates.map(({ members }) => pooledGates(members.map((member) => gates[member]!))),
    })),
    // What the trace saved comes after what the recorder did.
    attribution: plan.attribution ? new RecordedAttribution(saved, detailCells) : undefined,
    // Here, because names that are added to a copy of an object take V8 fifty times as long.
    ...parts,
    kinds: requestKinds(plan).map(({ entries }) => pooledRequests(entries.map((entry) => kinds[entry]!))),
    visits: visitKinds(plan).map(({ records }) => pooledRequests(records.map((record) => visits[record]!))),
  };
}

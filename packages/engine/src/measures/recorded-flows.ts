import type { NumberReader } from "../platform/number-reader.js";
import type { Plan } from "../plan.js";
import {
  FLOWS_OF_CHANNEL,
  FLOWS_OF_LINK,
  FLOWS_OF_POOL,
  FLOWS_OF_PROCESSORS,
  FLOWS_OF_SERVER,
} from "../record/flow-record.js";
import { networkEdges } from "./network-edges.js";
import { placedPools } from "./placed-pools.js";
import { scheduledServers } from "./scheduled-servers.js";

/** What counters gained in each closed cell, of a part of the system: see `FlowRecord.gather`. */
export type PartFlows = readonly Float64Array[];

/** The same of all parts, each list in the order in which these parts are recorded; empty without detailed series. */
export interface RecordedFlows {
  readonly servers: readonly PartFlows[];
  readonly pools: readonly PartFlows[];
  readonly links: readonly PartFlows[];
  readonly processors: readonly PartFlows[];
  readonly channels: readonly PartFlows[];
}

const NONE = new Float64Array(0);

/** Reads what `FlowRecord.save` wrote. */
export function readFlows(plan: Plan, saved: NumberReader, closedCells: number): RecordedFlows {
  const read = (parts: readonly unknown[], flows: number): readonly PartFlows[] =>
    parts.map(() => Array.from({ length: flows }, () => (closedCells === 0 ? NONE : saved.numbers(closedCells))));
  return {
    servers: read(plan.servers, FLOWS_OF_SERVER),
    pools: read(placedPools(plan), FLOWS_OF_POOL),
    links: read(plan.edges, FLOWS_OF_LINK),
    processors: read(scheduledServers(plan), FLOWS_OF_PROCESSORS),
    channels: read(networkEdges(plan), FLOWS_OF_CHANNEL),
  };
}

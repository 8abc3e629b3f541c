import { answersOver } from "../encode/answers-over.js";
import { resolveTopology } from "../encode/topology.js";
import type { FaultEffectPlan, Plan } from "../plan.js";
import { measure, ofComponent, type Measure } from "./measure.js";
import { networkEdges } from "./network-edges.js";
import { placedPools } from "./placed-pools.js";
import { summed } from "./pooled-requests.js";
import type { Recorded } from "./recorded.js";
import type { PartFlows } from "./recorded-flows.js";
import { replicaSets } from "./replica-sets.js";
import type { RatioSeries } from "./series.js";
import { scheduledServers } from "./scheduled-servers.js";

const BYTES_PER_MB = 1e6;

/** A time series of a component, and where there is no metric of its name yet, what that is counted from. */
interface Flow {
  readonly component: string;
  readonly name: string;
  readonly unit: string;
  readonly description: string;
  readonly sums: (recorded: Recorded) => Float64Array;
  /** Left out for a rate per second. */
  readonly over?: (recorded: Recorded) => Float64Array;
  /** Of the counted time. */
  readonly total?: (recorded: Recorded) => number;
}

/** The time series that only plans with detailed series have: of waits, service, time limits, losses and bytes. */
export function flowSeries(plan: Plan): readonly RatioSeries[] {
  return flowsOf(plan).map(({ component, name, unit, description, sums, over }) => ({
    metric: { name: `${component}.${name}`, unit, description, component },
    sums,
    ...(over === undefined ? {} : { over }),
  }));
}

/** The metrics that have such series and are not measured otherwise. */
export function flowMeasures(plan: Plan): readonly Measure[] {
  const counted_s = plan.horizon_s - plan.warm_up_s;
  return flowsOf(plan).flatMap(({ component, name, unit, description, total }) =>
    total === undefined ? [] : ofComponent(component, [measure(name, unit, description, (r) => total(r) / counted_s)]),
  );
}

function flowsOf(plan: Plan): readonly Flow[] {
  if (plan.detailed_series !== true) return [];
  return [...ofServers(plan), ...ofPools(plan), ...ofEdges(plan)];
}

function ofServers(plan: Plan): readonly Flow[] {
  const sets = replicaSets(plan);
  return [
    ...plan.servers.flatMap(({ id }, server) => ofServer(id, (r) => r.flows.servers[server]!)),
    ...sets.flatMap(({ component, members }) =>
      ofServer(component, (r) => together(members.map((member) => r.flows.servers[member]!))),
    ),
    ...scheduledServers(plan).flatMap(({ server: { id, cpu } }, position): readonly Flow[] => {
      if (cpu === undefined || cpu.event_loops === null) return [];
      return [
        meanOf(
          { component: id, name: "loop_lag_s_mean", description: "Mean wait until the event loop turns to it" },
          (r) => pairOf(r.flows.processors[position]!, 0),
        ),
      ];
    }),
  ];
}

function ofServer(component: string, flows: (recorded: Recorded) => PartFlows): readonly Flow[] {
  return [
    meanOf({ component, name: "cpu_wait_s_mean", description: "Mean wait for a core, per burst" }, (r) =>
      pairOf(flows(r), 0),
    ),
    meanOf({ component, name: "service_s_mean", description: "Mean CPU and I/O time of a visit, without waits" }, (r) =>
      pairOf(flows(r), 2),
    ),
  ];
}

function ofPools(plan: Plan): readonly Flow[] {
  const sets = replicaSets(plan);
  return [
    ...placedPools(plan).flatMap(({ index, bulkhead, ...pool }) =>
      ofPool({ ...pool, isBulkhead: bulkhead !== undefined, members: [index] }),
    ),
    ...sets.flatMap(({ component, pools }) =>
      pools.flatMap((pool) => ofPool({ ...pool, component, isBulkhead: false })),
    ),
  ];
}

/** A pool, or equal ones of a replica set as one: positions of the members among all pools. */
interface MeasuredPool {
  readonly component: string;
  readonly name: string;
  readonly timeout_s?: unknown;
  readonly isBulkhead: boolean;
  readonly members: readonly number[];
}

function ofPool({ component, name, timeout_s, isBulkhead, members }: MeasuredPool): readonly Flow[] {
  const flows = (r: Recorded): PartFlows => together(members.map((member) => r.flows.pools[member]!));
  const wait = meanOf({ component, name: `${name}_wait_s_mean`, description: `Mean wait for a unit of ${name}` }, (r) =>
    pairOf(flows(r), 0),
  );
  const timeouts: Flow = {
    component,
    name: `${name}_timeouts_per_s`,
    unit: "1/s",
    description: `Waits for a unit of ${name} per second that reached their time limit`,
    sums: (r) => flows(r)[2]!,
    total: (r) => members.reduce((sum, member) => sum + r.pools[member]!.timeouts, 0),
  };
  const rejected: Flow = {
    component,
    name: `${name}_rejected_per_s`,
    unit: "1/s",
    description: `Attempts per second that found ${name} and its queue full`,
    sums: (r) => flows(r)[3]!,
    total: (r) => members.reduce((sum, member) => sum + r.pools[member]!.rejected, 0),
  };
  return [wait, ...(timeout_s === undefined ? [] : [timeouts]), ...(isBulkhead ? [rejected] : [])];
}

function ofEdges(plan: Plan): readonly Flow[] {
  const networks = networkEdges(plan);
  const topology = resolveTopology(plan);
  const troubled = new Set(
    [...plan.disruptions, ...(plan.faults ?? []).flatMap(({ effects }) => effects)]
      .filter(loses)
      .map(({ target }) => target),
  );
  return [
    ...plan.edges.flatMap(({ id, dropout_ratio }, edge): readonly Flow[] => {
      if (dropout_ratio === 0 && !troubled.has(id)) return [];
      return [
        {
          component: id,
          name: "dropped_per_s",
          unit: "1/s",
          description: "Messages lost per second",
          sums: (r) => r.flows.links[edge]![0]!,
          total: (r) => r.links[edge]!.lost,
        },
      ];
    }),
    ...networks.flatMap(({ edge: { id }, index }, channel): readonly Flow[] => {
      const there = transferred(id, channel, 0);
      return answersOver(topology, index) ? [there, transferred(id, channel, 1)] : [there];
    }),
  ];
}

/** What an edge transfers: 0 for messages, 1 for answers. */
function transferred(component: string, channel: number, direction: 0 | 1): Flow {
  return {
    component,
    name: `${direction === 0 ? "" : "response_"}transferred_mb_per_s`,
    unit: "MB/s",
    description: `Size of all ${direction === 0 ? "messages" : "answers"} that were sent whole, per second, 1 MB being 1,000,000 bytes`,
    sums: (r) => r.flows.channels[channel]![direction]!.map((bytes) => bytes / BYTES_PER_MB),
    total: (r) => r.channels[channel]![direction === 0 ? "there" : "back"].bytes / BYTES_PER_MB,
  };
}

function loses({ kind }: FaultEffectPlan): boolean {
  return kind === "network_degraded" || kind === "network_partition";
}

/** A mean: a sum and how many there are of it. */
function meanOf(
  named: Pick<Flow, "component" | "name" | "description">,
  pair: (recorded: Recorded) => readonly [Float64Array, Float64Array],
): Flow {
  return { ...named, unit: "s", sums: (r) => pair(r)[0], over: (r) => pair(r)[1] };
}

function pairOf(flows: PartFlows, first: number): readonly [Float64Array, Float64Array] {
  return [flows[first]!, flows[first + 1]!];
}

/** What several parts gained, at least one, as if they were one. */
function together(all: readonly PartFlows[]): PartFlows {
  return all.length === 1 ? all[0]! : all[0]!.map((_, flow) => summed(all.map((part) => part[flow]!)));
}

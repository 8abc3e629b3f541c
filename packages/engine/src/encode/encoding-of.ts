import { placedPools, type PlacedPool } from "../measures/placed-pools.js";
import { topicPositions } from "../measures/placed-topics.js";
import { scheduledServers } from "../measures/scheduled-servers.js";
import type { Plan } from "../plan.js";
import { BreakerSet } from "./breaker-set.js";
import { ColumnSet } from "./column-set.js";
import { setsDeadlines } from "./encode-conduct.js";
import type { Encoding } from "./encoding.js";
import { Exposure } from "./exposure.js";
import { HedgeSet } from "./hedge-set.js";
import { Names } from "./names.js";
import { policiesOf } from "./policies-of.js";
import { Program } from "./program.js";
import { RetrySet } from "./retry-set.js";
import { RowLocks } from "./row-locks.js";
import { SizeSet } from "./size-set.js";
import { StreamSet } from "./stream-set.js";
import { resolveTopology } from "./topology.js";

/**
 * What all parts of a plan are encoded with, before the first of them is.
 * @throws {RangeError} for a plan that refers to what it does not define.
 */
export function encodingOf(plan: Plan): Encoding {
  const streams = new StreamSet();
  const columns = new ColumnSet();
  const program = new Program();
  const pools = placedPools(plan);
  return {
    plan,
    topology: resolveTopology(plan),
    streams,
    columns,
    program,
    exposure: new Exposure(plan, program, streams),
    retries: new RetrySet(),
    breakers: new BreakerSet(plan),
    sizes: new SizeSet(plan, { streams, columns }),
    hedges: new HedgeSet(),
    bulkheads: new Map(pools.flatMap(({ bulkhead, index }) => (bulkhead === undefined ? [] : [[bulkhead, index]]))),
    rowLocks: new RowLocks(),
    hasDeadlines: policiesOf(plan).some(({ propagates }) => propagates) || plan.servers.some(setsDeadlines),
    endpoints: new Names(),
    classes: new Names(),
    scheduled: new Map(scheduledServers(plan).map(({ index }, position) => [index, position])),
    pools: poolPositions(plan, pools),
    llms: new Map((plan.llms ?? []).map(({ id }, index) => [id, index])),
    caches: new Map((plan.caches ?? []).map(({ id, coalesces }, index) => [id, { index, coalesces }])),
    curves: new Map((plan.hit_curves ?? []).map(({ id }, index) => [id, index])),
    topics: topicPositions(plan),
  };
}

function poolPositions({ servers }: Plan, pools: readonly PlacedPool[]): Encoding["pools"] {
  const positions = new Map(servers.map(({ id }) => [id, new Map<string, PlacedPool>()]));
  for (const pool of pools) positions.get(pool.component)?.set(pool.name, pool);
  return positions;
}

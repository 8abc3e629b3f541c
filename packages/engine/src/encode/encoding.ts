import type { PlacedPool } from "../measures/placed-pools.js";
import type { Plan } from "../plan.js";
import type { TopicPositions } from "../measures/placed-topics.js";
import type { BreakerSet } from "./breaker-set.js";
import type { ColumnSet } from "./column-set.js";
import type { Exposure } from "./exposure.js";
import type { HedgeSet } from "./hedge-set.js";
import type { Names } from "./names.js";
import type { Program } from "./program.js";
import type { RetrySet } from "./retry-set.js";
import type { SizeSet } from "./size-set.js";
import type { RowLocks } from "./row-locks.js";
import type { StreamSet } from "./stream-set.js";
import type { Topology } from "./topology.js";

/** What all parts of a plan are encoded with. */
export interface Encoding {
  readonly plan: Plan;
  readonly topology: Topology;
  readonly streams: StreamSet;
  readonly columns: ColumnSet;
  readonly program: Program;
  readonly exposure: Exposure;
  readonly retries: RetrySet;
  readonly breakers: BreakerSet;
  readonly sizes: SizeSet;
  readonly hedges: HedgeSet;
  /** Position among all pools of each bulkhead, by its key. */
  readonly bulkheads: ReadonlyMap<string, number>;
  readonly rowLocks: RowLocks;
  /** Whether time limits go with calls. */
  readonly hasDeadlines: boolean;
  readonly endpoints: Names;
  readonly classes: Names;
  /** Position among `scheduledServers` of each server that is one of them, by its position among all. */
  readonly scheduled: ReadonlyMap<number, number>;
  /** The pools of each server, by the server's id and the pool's name. */
  readonly pools: ReadonlyMap<string, ReadonlyMap<string, PlacedPool>>;
  /** Position of each language model, by id. */
  readonly llms: ReadonlyMap<string, number>;
  /** Position of each cache, and whether who misses a key waits for another one who fetches it, by id. */
  readonly caches: ReadonlyMap<string, { readonly index: number; readonly coalesces: boolean }>;
  /** Position of each cache with a curve, by id. */
  readonly curves: ReadonlyMap<string, number>;
  readonly topics: TopicPositions;
}

import type { PlacedPool } from "../measures/placed-pools.js";
import type { TopicPositions } from "../measures/placed-topics.js";
import type { Plan } from "../plan.js";
import type { CallContext } from "./encode-call.js";
import type { WorkPlace } from "./encode-work.js";
import type { Exposure } from "./exposure.js";
import type { Names } from "./names.js";
import type { RowLocks } from "./row-locks.js";

/** What steps are encoded into, and what they refer to. */
export interface StepContext extends CallContext {
  /** Whether time limits go with calls. */
  readonly hasDeadlines: boolean;
  /** Endpoints and classes. */
  readonly endpoints: Names;
  readonly classes: Names;
  readonly plan: Plan;
  readonly exposure: Exposure;
  readonly server: WorkPlace;
  /** Position of each edge that steps call over, by id. */
  readonly callEdges: ReadonlyMap<string, number>;
  readonly caches: ReadonlyMap<string, PlacedCache>;
  /** Position of each language model, by id. */
  readonly llms: ReadonlyMap<string, number>;
  /** Position of each cache with a curve, by id. */
  readonly curves: ReadonlyMap<string, number>;
  readonly rowLocks: RowLocks;
  readonly topics: TopicPositions;
  /** The server's pools, by name. */
  readonly pools: ReadonlyMap<string, PlacedPool>;
}

/** A cache among all. */
interface PlacedCache {
  readonly index: number;
  readonly coalesces: boolean;
}

/** Where steps lead, and where they stand. */
export interface StepPlace {
  /** The instruction after them, and the one after a failure. */
  readonly next: number;
  readonly handler: number;
  /** Names their streams: the endpoint, and positions of steps and branches. */
  readonly name: string;
  /** How many loops they are in. */
  readonly loops: number;
  /** The servers at which transactions around them hold rows. */
  readonly transactions: readonly string[];
}

import type { Plan, PoolPlan } from "../plan.js";
import { measure, ofComponent, type Measure } from "./measure.js";
import { placedPools } from "./placed-pools.js";
import type { Recorded } from "./recorded.js";
import type { RecordedPool } from "./recorded-stores.js";

/** What is measured of each pool. */
export function poolMeasures(plan: Plan): readonly Measure[] {
  return placedPools(plan).flatMap((pool) =>
    ofComponent(pool.component, ofPool(plan, { ...pool, record: (r) => r.pools[pool.index]! })),
  );
}

/** A pool, or equal ones of a replica set as one. */
export interface MeasuredPool extends PoolPlan {
  readonly bulkhead?: string;
  readonly record: (recorded: Recorded) => RecordedPool;
}

/** Who waits for units, for how long, and how many are in use. */
export function ofPool(
  plan: Plan,
  { name, size, timeout_s, queue, bulkhead, record }: MeasuredPool,
): readonly Measure[] {
  const counted_s = plan.horizon_s - plan.warm_up_s;
  const of = (read: (record: RecordedPool) => number) => (r: Recorded) => read(record(r));
  return [
    measure(
      `${name}_utilization_ratio`,
      "ratio",
      `Share of the units of ${name} in use, time average`,
      of(({ held }) => held.area / counted_s / size),
    ),
    measure(
      `${name}_queue_mean`,
      "1",
      `Waiting for a unit of ${name}, time average`,
      of(({ queue }) => queue.area / counted_s),
    ),
    measure(
      `${name}_queue_max`,
      "1",
      `Most waiting for a unit of ${name}`,
      of(({ queue }) => queue.maximum),
    ),
    measure(
      `${name}_wait_s_mean`,
      "s",
      `Mean wait for a unit of ${name}`,
      of(({ wait }) => wait.mean),
    ),
    measure(
      `${name}_wait_s_p99`,
      "s",
      `99 % waited no longer for a unit of ${name}`,
      of(({ wait }) => wait.quantile(0.99)),
    ),
    ...(timeout_s === undefined
      ? []
      : [
          measure(
            `${name}_timeouts`,
            "1",
            `Waits for a unit of ${name} that reached their time limit`,
            of(({ timeouts }) => timeouts),
          ),
        ]),
    ...(bulkhead === undefined && queue === undefined
      ? []
      : [
          measure(
            `${name}_rejected`,
            "1",
            `${bulkhead === undefined ? "Those" : "Attempts"} that found ${name} and its queue full`,
            of(({ rejected }) => rejected),
          ),
        ]),
  ];
}

import { policiesOf } from "../encode/policies-of.js";
import type { GatePlan } from "../gate-plan.js";
import type { Plan } from "../plan.js";
import { measure, ofComponent, type Measure } from "./measure.js";
import type { PlacedGate } from "./placed-gates.js";
import { placedGates } from "./placed-gates.js";
import type { Recorded } from "./recorded.js";
import type { RecordedGate } from "./recorded-servers.js";

/** Metrics of the servers and endpoints that limit how many requests are at work, or shed load, and of the rate limits of endpoints. */
export function gateMeasures(plan: Plan): readonly Measure[] {
  return placedGates(plan).flatMap((placed) =>
    ofComponent(
      placed.component,
      ofPlacedGate(plan, placed, (r) => r.gates[placed.index]!),
    ),
  );
}

/** Metrics of one gate and the rate limits before it, or of several equal ones as one. */
export function ofPlacedGate(
  plan: Plan,
  { gate, isLimited }: PlacedGate,
  record: (recorded: Recorded) => RecordedGate,
): readonly Measure[] {
  const limited = measure("rate_limited", "1", "Requests that its rate limits turned away", (r) => record(r).limited);
  return [...(isLimited ? [limited] : []), ...ofGate(plan, gate, record)];
}

function ofGate(plan: Plan, gate: GatePlan, record: (recorded: Recorded) => RecordedGate): readonly Measure[] {
  const counted_s = plan.horizon_s - plan.warm_up_s;
  const of = (name: string, unit: string, description: string, read: (record: RecordedGate) => number): Measure =>
    measure(name, unit, description, (r) => read(record(r)));
  return [
    of("shed", "1", "Requests turned away because of the load, in the queue too", ({ shed }) => shed),
    of("concurrency_mean", "1", "Requests at work, time average", ({ inside }) => inside.area / counted_s),
    of("concurrency_max", "1", "Most requests at work at once", ({ inside }) => inside.maximum),
    ...(gate.limit === null
      ? []
      : [
          of("concurrency_limit_mean", "1", "Requests allowed at work, time average", ({ limit }) => {
            return limit.area / counted_s;
          }),
          of("queue_rejected", "1", "Requests that found the queue full", ({ rejected }) => rejected),
          of("queue_dropped", "1", "Requests that the full queue dropped for others", ({ dropped }) => dropped),
          of("request_queue_mean", "1", "Requests in the queue, time average", ({ queue }) => queue.area / counted_s),
          of("request_queue_max", "1", "Most requests in the queue", ({ queue }) => queue.maximum),
          of("request_queue_wait_s_mean", "s", "Mean wait in the queue, of those that began", ({ wait }) => wait.mean),
          of("request_queue_wait_s_p99", "s", "99 % of those that began waited no longer in the queue", ({ wait }) => {
            return wait.quantile(0.99);
          }),
          ...(policiesOf(plan).some(({ propagates }) => propagates)
            ? [of("queue_expired", "1", "Requests whose deadline was over when their turn came", (r) => r.expired)]
            : []),
        ]),
  ];
}

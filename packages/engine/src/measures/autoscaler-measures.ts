import type { Plan } from "../plan.js";
import { measure, ofComponent, type Measure } from "./measure.js";
import type { Recorded } from "./recorded.js";

const SECONDS_PER_HOUR = 3600;

/** The price of all replicas that ran after the warm-up [USD]. */
export function costOfReplicas({ autoscalers = [] }: Plan, recorded: Recorded): number {
  return autoscalers.reduce(
    (sum, { usd_per_replica_hour }, index) => sum + hoursOf(recorded, index) * usd_per_replica_hour,
    0,
  );
}

function hoursOf({ autoscalers }: Recorded, index: number): number {
  return autoscalers[index]!.running.area / SECONDS_PER_HOUR;
}

/** Metrics of the autoscalers, under the ids of their replica sets. */
export function autoscalerMeasures(plan: Plan): readonly Measure[] {
  const counted_s = plan.horizon_s - plan.warm_up_s;
  return (plan.autoscalers ?? []).flatMap(({ id, usd_per_replica_hour }, index) => {
    const hours = (r: Recorded) => hoursOf(r, index);
    const cost = measure("cost_usd", "USD", "Price of the replicas that ran", (r) => hours(r) * usd_per_replica_hour);
    return ofComponent(id, [
      measure(
        "replicas_mean",
        "1",
        "Replicas that were to run, time average",
        (r) => r.autoscalers[index]!.replicas.area / counted_s,
      ),
      measure(
        "replicas_max",
        "1",
        "Most replicas that were to run at once",
        (r) => r.autoscalers[index]!.replicas.maximum,
      ),
      measure(
        "replicas_ready_mean",
        "1",
        "Replicas that got requests, time average",
        (r) => r.autoscalers[index]!.ready.area / counted_s,
      ),
      measure("replica_hours", "h", "Hours that replicas ran, start-up and draining included", hours),
      measure("scale_ups", "1", "Decisions for more replicas", (r) => r.autoscalers[index]!.ups),
      measure("scale_downs", "1", "Decisions for fewer replicas", (r) => r.autoscalers[index]!.downs),
      ...(usd_per_replica_hour > 0 ? [cost] : []),
    ]);
  });
}

import type { CpuPlan } from "../cpu-plan.js";
import type { Plan } from "../plan.js";
import { measure, ofComponent, type Measure } from "./measure.js";
import type { Recorded } from "./recorded.js";
import type { RecordedProcessors } from "./recorded-parts.js";
import { scheduledServers } from "./scheduled-servers.js";

/** Metrics of event loops, pauses and quotas, of the servers that have them. */
export function processorsMeasures(plan: Plan): readonly Measure[] {
  const counted_s = plan.horizon_s - plan.warm_up_s;
  return scheduledServers(plan).flatMap(({ server: { id, cpu } }, position) => {
    return cpu === undefined ? [] : ofComponent(id, measuresOfCpu(cpu, position, counted_s));
  });
}

function measuresOfCpu(
  { event_loops, quota, pauses }: CpuPlan,
  position: number,
  counted_s: number,
): readonly Measure[] {
  const of = (read: (record: RecordedProcessors) => number) => (r: Recorded) => read(r.processors[position]!);
  const pausable = event_loops === null ? 1 : event_loops.count;
  return [
    ...(event_loops === null
      ? []
      : [
          measure(
            "loop_lag_s_mean",
            "s",
            "Mean wait until the event loop turns to it, per burst",
            of(({ loopLag }) => loopLag.mean),
          ),
          measure(
            "loop_lag_s_p99",
            "s",
            "The event loop turned to 99 % of bursts no later",
            of(({ loopLag }) => loopLag.quantile(0.99)),
          ),
        ]),
    ...(pauses === null
      ? []
      : [
          measure(
            "paused_ratio",
            "ratio",
            "Share of time in pauses, mean of the event loops",
            of(({ paused }) => paused.area / counted_s / pausable),
          ),
        ]),
    ...(quota === null
      ? []
      : [
          measure(
            "throttled_ratio",
            "ratio",
            "Share of time with the CPU quota used up",
            of(({ throttled }) => throttled.area / counted_s),
          ),
        ]),
    ...(pauses === null && quota === null
      ? []
      : [
          measure(
            "blocked_s",
            "s",
            "Time in which nothing could run: all cores, or all event loops, were stopped",
            of(({ blocked }) => blocked.area),
          ),
        ]),
  ];
}

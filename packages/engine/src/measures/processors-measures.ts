import type { CpuPlan } from "../cpu-plan.js";
import type { Plan } from "../plan.js";
import { measure, ofComponent, type Measure } from "./measure.js";
import type { LevelSeries } from "./series.js";
import type { Recorded } from "./recorded.js";
import type { RecordedLevel } from "./recorded-level.js";
import type { RecordedProcessors } from "./recorded-servers.js";
import { scheduledServers } from "./scheduled-servers.js";

const PAUSED = "Share of time in pauses, mean of the event loops";
const THROTTLED = "Share of time with the CPU quota used up";
const BLOCKED = "Share of time in which nothing could run: all cores, or all event loops, were stopped";

/** Metrics of event loops, pauses and quotas, of the servers that have them. */
export function processorsMeasures(plan: Plan): readonly Measure[] {
  const counted_s = plan.horizon_s - plan.warm_up_s;
  return scheduledServers(plan).flatMap(({ server: { id, cpu } }, position) => {
    if (cpu === undefined) return [];
    const blocked = measure("blocked_ratio", "ratio", BLOCKED, (r) => r.processors[position]!.blocked.area / counted_s);
    const isDetailed = plan.detailed_series === true && stops(cpu);
    return ofComponent(id, [...measuresOfCpu(cpu, position, counted_s), ...(isDetailed ? [blocked] : [])]);
  });
}

/** The time series of what stops the CPU, for plans with detailed series. */
export function processorsSeries(plan: Plan): readonly LevelSeries[] {
  return scheduledServers(plan).flatMap(({ server: { id, cpu } }, position): readonly LevelSeries[] => {
    if (cpu === undefined || !stops(cpu)) return [];
    const of = (
      name: string,
      description: string,
      level: (record: RecordedProcessors) => RecordedLevel,
      factor: number,
    ): LevelSeries => ({
      metric: { name: `${id}.${name}`, unit: "ratio", description, component: id },
      level: (r) => level(r.processors[position]!),
      factor,
    });
    const { pauses, quota, event_loops } = cpu;
    const share = event_loops === null ? 1 : 1 / event_loops.count;
    return [
      ...(pauses === null ? [] : [of("paused_ratio", PAUSED, ({ paused }) => paused, share)]),
      ...(quota === null ? [] : [of("throttled_ratio", THROTTLED, ({ throttled }) => throttled, 1)]),
      of("blocked_ratio", BLOCKED, ({ blocked }) => blocked, 1),
    ];
  });
}

function stops({ pauses, quota }: CpuPlan): boolean {
  return pauses !== null || quota !== null;
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
            PAUSED,
            of(({ paused }) => paused.area / counted_s / pausable),
          ),
        ]),
    ...(quota === null
      ? []
      : [
          measure(
            "throttled_ratio",
            "ratio",
            THROTTLED,
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

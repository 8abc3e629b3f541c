import type { Plan } from "../plan.js";
import {
  CAUSE_CONGESTION,
  CAUSE_FAULTS,
  CAUSE_LATENCY,
  CAUSE_OVERFLOW,
  CAUSE_STARVATION,
  COLLAPSED,
  DEGRADED,
  STABLE,
} from "../record/stability.js";
import { measure, ofComponent, type Measure } from "./measure.js";
import type { RecordedDetector } from "./recorded-detection.js";

/** What the state of a detector is, for metrics and series. */
export const STATE = "State: 0 stable, 1 degraded, 2 collapsed";

const CAUSE_METRICS = [
  ["cause_worker_starvation", CAUSE_STARVATION, "while something waited and nothing was completed"],
  ["cause_fault_propagation", CAUSE_FAULTS, "while much of what ended had failed"],
  ["cause_queue_overflow", CAUSE_OVERFLOW, "while the queue was full and turned requests away"],
  ["cause_congestion", CAUSE_CONGESTION, "while the queue became longer"],
  ["cause_latency_cascade", CAUSE_LATENCY, "because latency grew, the queue being short enough"],
] as const;

/** Metrics of detectors, of servers that have an injector, of generators that have a throttle. */
export function detectionMeasures(plan: Plan): readonly Measure[] {
  const counted_s = plan.horizon_s - plan.warm_up_s;
  const injected = plan.servers.filter(({ injector }) => injector !== undefined);
  const throttled = plan.generators.filter(({ throttle }) => throttle !== undefined);
  return [
    ...(plan.detectors ?? []).flatMap(({ id }, index) => ofComponent(id, ofDetector(index, counted_s))),
    ...injected.flatMap(({ id }, index) => ofComponent(id, ofInjector(index))),
    ...throttled.flatMap(({ id }, index) => ofComponent(id, ofThrottle(index))),
  ];
}

function ofDetector(index: number, counted_s: number): readonly Measure[] {
  const of = (name: string, unit: string, description: string, read: (record: RecordedDetector) => number): Measure =>
    measure(name, unit, description, (r) => read(r.detectors[index]!));
  return [
    of("state_mean", "1", `${STATE}; time average`, ({ state }) => state.area / counted_s),
    of("state_worst", "1", `${STATE}; the worst of the run`, ({ worst }) => worst),
    of("state_last", "1", `${STATE}; at the end`, ({ last }) => last),
    of("degraded", "1", "1 for a run that was ever degraded or collapsed, else 0", ({ worst }) =>
      Number(worst >= DEGRADED),
    ),
    of("collapsed", "1", "1 for a run that ever collapsed, else 0: the mean is the probability of a collapse", (r) =>
      Number(r.worst >= COLLAPSED),
    ),
    of("first_degraded_s", "s", "When it was degraded or collapsed for the first time", (r) => r.firstDegraded_s),
    of("first_collapse_s", "s", "When it collapsed for the first time", (r) => r.firstCollapsed_s),
    of("stable_s", "s", "Time in which it was stable", ({ time_s }) => time_s[STABLE]!),
    of("degraded_s", "s", "Time in which it was degraded", ({ time_s }) => time_s[DEGRADED]!),
    of("collapsed_s", "s", "Time in which it was collapsed", ({ time_s }) => time_s[COLLAPSED]!),
    of("fill_ratio_max", "ratio", "Highest sample of what waits over the capacity", (r) => r.highestFill),
    of("collapses", "1", "How often it collapsed", ({ causes }) => causes.reduce((sum, count) => sum + count, 0)),
    ...CAUSE_METRICS.map(([name, cause, when]) =>
      of(name, "1", `Collapses that began ${when}`, ({ causes }) => causes[cause]!),
    ),
  ];
}

function ofInjector(index: number): readonly Measure[] {
  return [
    measure("injected_drops", "1", "Requests that its injector failed on arrival", (r) => r.injectors[index]!.dropped),
    measure("injected_delays", "1", "Requests that its injector made wait", (r) => r.injectors[index]!.delayed),
    measure(
      "injected_errors",
      "1",
      "Requests that its injector failed before their steps",
      (r) => r.injectors[index]!.struck,
    ),
  ];
}

function ofThrottle(index: number): readonly Measure[] {
  return [
    measure("throttled", "1", "Requests that were held back", (r) => r.throttles[index]!.held),
    measure("throttled_s", "s", "Time for which requests were held back, in all", (r) => r.throttles[index]!.held_s),
  ];
}

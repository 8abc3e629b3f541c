import type { Metric } from "../metric.js";
import type { Plan } from "../plan.js";
import { edgeLevel, IN_FLIGHT_LEVEL, SERVER_LEVEL, serverLevel, type Recorder } from "../record/recorder.js";
import { ENDING } from "../record/ending.js";

/** A metric together with how it is read from a recorder. */
export interface Measure {
  readonly metric: Metric;
  readonly read: (recorder: Recorder) => number;
}

const LATENCY_QUANTILES = [
  ["p50", 0.5],
  ["p90", 0.9],
  ["p95", 0.95],
  ["p99", 0.99],
  ["p999", 0.999],
] as const;

/** All metrics of a plan, in the order of `RunResult.metrics`. */
export function measuresOf(plan: Plan): readonly Measure[] {
  return [
    ...endToEnd(plan),
    ...plan.servers.flatMap((server, index) => ofComponent(server.id, ofServer(plan, index))),
    ...plan.edges.flatMap((edge, index) => ofComponent(edge.id, ofEdge(plan, index))),
  ];
}

function endToEnd(plan: Plan): readonly Measure[] {
  const counted_s = plan.horizon_s - plan.warm_up_s;
  return [
    measure("requests_generated", "1", "Requests generated after the warm-up", (r) => r.generated),
    measure("requests_completed", "1", "Of those, requests that came back to a client", (r) => r.latency.count),
    measure(
      "requests_failed",
      "1",
      "Of those, requests that met no server that was up",
      (r) => r.ended[ENDING.failed]!,
    ),
    measure("requests_dropped", "1", "Of those, requests lost on an edge", (r) => r.ended[ENDING.dropped]!),
    measure("requests_rejected", "1", "Of those, requests that a policy turned away", (r) => r.ended[ENDING.rejected]!),
    measure("requests_timed_out", "1", "Of those, requests given up by their caller", (r) => r.ended[ENDING.timedOut]!),
    measure("requests_in_flight", "1", "Of those, requests still in the system at the end", inFlight),
    measure("error_ratio", "ratio", "Failed, dropped, rejected and timed out over all that ended", errorRatio),
    measure(
      "throughput_per_s",
      "1/s",
      "Requests per second that came back after the warm-up, whenever they were generated",
      (r) => r.returned / counted_s,
    ),
    measure("latency_s_mean", "s", "Mean latency of completed requests", (r) => r.latency.mean()),
    measure("latency_s_std", "s", "Standard deviation of latency", (r) => r.latency.std()),
    measure("latency_s_min", "s", "Smallest latency", (r) => r.latency.min()),
    measure("latency_s_max", "s", "Largest latency", (r) => r.latency.max()),
    ...LATENCY_QUANTILES.map(([suffix, p]) =>
      measure(`latency_s_${suffix}`, "s", `${100 * p} % of completed requests were not slower`, (r) =>
        r.latency.quantile(p),
      ),
    ),
    measure(
      "in_flight_mean",
      "1",
      "Time average of the requests in the system",
      (r) => r.levels.area(IN_FLIGHT_LEVEL) / counted_s,
    ),
    measure("in_flight_max", "1", "Most requests in the system at once", (r) => r.levels.maximum(IN_FLIGHT_LEVEL)),
  ];
}

function ofServer(plan: Plan, server: number): readonly Measure[] {
  const { cpu_cores } = plan.servers[server]!;
  const counted_s = plan.horizon_s - plan.warm_up_s;
  const { ready, io, ramQueue, ram, cpu } = SERVER_LEVEL;
  const mean = (level: number) => (r: Recorder) => r.levels.area(serverLevel(plan, server, level)) / counted_s;
  const max = (level: number) => (r: Recorder) => r.levels.maximum(serverLevel(plan, server, level));
  return [
    measure("requests_completed", "1", "Requests that left the server", (r) => r.visits[server]!),
    measure(
      "cpu_utilization_ratio",
      "ratio",
      "Share of its cores in use, time average",
      (r) => mean(cpu)(r) / cpu_cores,
    ),
    measure("ready_queue_mean", "1", "Requests waiting for a core, time average", mean(ready)),
    measure("ready_queue_max", "1", "Most requests waiting for a core", max(ready)),
    measure("io_queue_mean", "1", "Requests in an I/O step, time average", mean(io)),
    measure("io_queue_max", "1", "Most requests in an I/O step", max(io)),
    measure("ram_queue_mean", "1", "Requests waiting for memory, time average", mean(ramQueue)),
    measure("ram_queue_max", "1", "Most requests waiting for memory", max(ramQueue)),
    measure("ram_used_mb_mean", "MB", "Memory reserved, time average", mean(ram)),
    measure("ram_used_mb_max", "MB", "Most memory reserved", max(ram)),
    measure("cpu_wait_s_mean", "s", "Mean wait for a core, per burst", (r) => r.cpuWait[server]!.mean()),
    measure("cpu_wait_s_p99", "s", "99 % of bursts waited no longer", (r) => r.cpuWait[server]!.quantile(0.99)),
    measure(
      "ram_wait_s_mean",
      "s",
      "Mean wait for memory, per reservation",
      (r) => r.ramWait_s[server]! / r.reservations[server]!,
    ),
    measure(
      "service_s_mean",
      "s",
      "Mean CPU and I/O time of a visit, without waits",
      (r) => r.served_s[server]! / r.visits[server]!,
    ),
    measure(
      "residence_s_mean",
      "s",
      "Mean time from arrival at the server to leaving it",
      (r) => r.residence_s[server]! / r.visits[server]!,
    ),
  ];
}

function ofEdge(plan: Plan, edge: number): readonly Measure[] {
  const counted_s = plan.horizon_s - plan.warm_up_s;
  return [
    measure(
      "connections_mean",
      "1",
      "Messages in transit, time average",
      (r) => r.levels.area(edgeLevel(edge)) / counted_s,
    ),
    measure("connections_max", "1", "Most messages in transit", (r) => r.levels.maximum(edgeLevel(edge))),
    measure("dropped", "1", "Messages lost", (r) => r.lost[edge]!),
  ];
}

/** Puts the component's id before the names. */
function ofComponent(component: string, measures: readonly Measure[]): readonly Measure[] {
  return measures.map(({ metric, read }) => ({
    metric: { ...metric, name: `${component}.${metric.name}`, component },
    read,
  }));
}

function measure(name: string, unit: string, description: string, read: (recorder: Recorder) => number): Measure {
  return { metric: { name, unit, description }, read };
}

/** Errors over requests that ended; NaN when none ended. */
function errorRatio(recorder: Recorder): number {
  const errors = recorder.ended.reduce((sum, count) => sum + count, 0);
  return errors / (errors + recorder.latency.count);
}

function inFlight(recorder: Recorder): number {
  return recorder.generated - recorder.latency.count - recorder.ended.reduce((sum, count) => sum + count, 0);
}

import { autoscalerMeasures } from "./autoscaler-measures.js";
import { isPatient } from "../encode/encode-call.js";
import { policiesOf } from "../encode/policies-of.js";
import type { Plan } from "../plan.js";
import { ENDING_DROPPED, ENDING_FAILED, ENDING_REJECTED, ENDING_TIMED_OUT } from "../record/ending.js";
import { connectionMeasures } from "./connection-measures.js";
import { entranceMeasures } from "./entrance-measures.js";
import { gateMeasures, ofPlacedGate } from "./gate-measures.js";
import { brokerMeasures } from "./broker-measures.js";
import { breakerMeasures } from "./breaker-measures.js";
import { callMeasures, fallbackMeasures } from "./call-measures.js";
import { detectionMeasures } from "./detection-measures.js";
import { errorRatio } from "./error-ratio.js";
import { measure, ofComponent, type Measure } from "./measure.js";
import { networkMeasures } from "./network-measures.js";
import { ofAttribution } from "./of-attribution.js";
import { cacheMeasures } from "./of-cache.js";
import { ofPool } from "./of-pool.js";
import { ofKind, REQUEST_WORDS, VISIT_WORDS } from "./of-kind.js";
import { costMeasures } from "./cost-measures.js";
import { llmMeasures } from "./llm-measures.js";
import { placedPools } from "./placed-pools.js";
import { processorsMeasures } from "./processors-measures.js";
import { rowsMeasures } from "./rows-measures.js";
import { sessionMeasures } from "./session-measures.js";
import { troubleMeasures } from "./trouble-measures.js";
import { ejectionMeasures } from "./ejection-measures.js";
import { flowMeasures } from "./flow-series.js";
import type { Recorded } from "./recorded.js";
import type { RecordedServer } from "./recorded-servers.js";
import type { RecordedLevel } from "./recorded-level.js";
import { replicaSets, type ReplicaSet } from "./replica-sets.js";
import { requestKinds } from "./request-kinds.js";
import { visitKinds } from "./visit-kinds.js";

const LATENCY_QUANTILES = [
  ["p50", 0.5],
  ["p90", 0.9],
  ["p95", 0.95],
  ["p99", 0.99],
  ["p999", 0.999],
] as const;

/** What of a system metrics are about. */
export type MeasuredPart =
  | "system"
  | "server"
  | "edge"
  | "pool"
  | "attribution"
  | "cache"
  | "kind"
  | "visit"
  | "cpu"
  | "entrance"
  | "gate"
  | "connection"
  | "network"
  | "session"
  | "llm"
  | "broker"
  | "trouble"
  | "autoscaler"
  | "rows"
  | "detection"
  | "ejection"
  | "detail"
  | "replica_set";

/** All metrics of a plan, in the order of `RunResult.metrics`. */
export function measuresOf(plan: Plan): readonly Measure[] {
  return measuresByPart(plan).flatMap(([, measures]) => measures);
}

/** The same with what they are about. */
export function measuresByPart(plan: Plan): readonly (readonly [MeasuredPart, readonly Measure[]])[] {
  return [
    ["system", endToEnd(plan)],
    [
      "server",
      plan.servers.flatMap(({ id, cpu_cores, rate_limits = [] }, index) =>
        ofComponent(
          id,
          ofServer(plan, { cpu_cores, isLimited: rate_limits.length > 0, record: (r) => r.servers[index]! }),
        ),
      ),
    ],
    ["edge", plan.edges.flatMap((edge, index) => ofComponent(edge.id, ofEdge(plan, index)))],
    [
      "pool",
      placedPools(plan).flatMap((pool) =>
        ofComponent(pool.component, ofPool(plan, { ...pool, record: (r) => r.pools[pool.index]! })),
      ),
    ],
    ["attribution", plan.attribution ? ofAttribution(plan) : []],
    ["cache", cacheMeasures(plan)],
    [
      "kind",
      requestKinds(plan).flatMap(({ component, what }, index) =>
        ofComponent(component, ofKind(plan, { what, record: (r) => r.kinds[index]!, words: REQUEST_WORDS })),
      ),
    ],
    [
      "visit",
      visitKinds(plan).flatMap(({ component, prefix, what }, index) =>
        ofComponent(component, ofKind(plan, { what, record: (r) => r.visits[index]!, words: VISIT_WORDS }), prefix),
      ),
    ],
    ["cpu", processorsMeasures(plan)],
    ["entrance", entranceMeasures(plan)],
    ["gate", gateMeasures(plan)],
    ["connection", connectionMeasures(plan)],
    ["network", networkMeasures(plan)],
    ["session", sessionMeasures(plan)],
    ["llm", [...costMeasures(plan), ...llmMeasures(plan)]],
    ["broker", brokerMeasures(plan)],
    ["trouble", troubleMeasures(plan)],
    ["autoscaler", autoscalerMeasures(plan)],
    ["rows", rowsMeasures(plan)],
    ["detection", detectionMeasures(plan)],
    ["ejection", ejectionMeasures(plan)],
    ["detail", flowMeasures(plan)],
    [
      "replica_set",
      replicaSets(plan).flatMap((set, index) => [
        ...ofComponent(set.component, ofReplicaSet(plan, set, index)),
        ...gatesOfSet(plan, set, index),
      ]),
    ],
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
      (r) => r.ended[ENDING_FAILED]!,
    ),
    measure("requests_dropped", "1", "Of those, requests lost on an edge", (r) => r.ended[ENDING_DROPPED]!),
    measure("requests_rejected", "1", "Of those, requests that a policy turned away", (r) => r.ended[ENDING_REJECTED]!),
    measure(
      "requests_timed_out",
      "1",
      "Of those, requests given up by their caller",
      (r) => r.ended[ENDING_TIMED_OUT]!,
    ),
    measure("requests_in_flight", "1", "Of those, requests still in the system at the end", inFlight),
    measure("error_ratio", "ratio", "Failed, dropped, rejected and timed out over all that ended", errorRatio),
    measure(
      "throughput_per_s",
      "1/s",
      "Requests per second that came back after the warm-up, whenever they were generated",
      (r) => r.returned / counted_s,
    ),
    measure(
      "errors_per_s",
      "1/s",
      "Requests per second that failed, were dropped, rejected or timed out after the warm-up, whenever they were generated",
      (r) => r.errors / counted_s,
    ),
    measure("latency_s_mean", "s", "Mean latency of completed requests", (r) => r.latency.mean),
    measure("latency_s_std", "s", "Standard deviation of latency", (r) => r.latency.std),
    measure("latency_s_min", "s", "Smallest latency", (r) => r.latency.smallest),
    measure("latency_s_max", "s", "Largest latency", (r) => r.latency.largest),
    ...LATENCY_QUANTILES.map(([suffix, p]) =>
      measure(`latency_s_${suffix}`, "s", `${100 * p} % of completed requests were not slower`, (r) =>
        r.latency.quantile(p),
      ),
    ),
    measure("in_flight_mean", "1", "Time average of the requests in the system", (r) => r.inFlight.area / counted_s),
    measure("in_flight_max", "1", "Most requests in the system at once", (r) => r.inFlight.maximum),
  ];
}

/** All that is measured of a server and its pools but maxima: those of a sum are not recorded. */
function ofReplicaSet(
  plan: Plan,
  { component, cpu_cores, members, pools }: ReplicaSet,
  set: number,
): readonly Measure[] {
  const isLimited = members.some((member) => (plan.servers[member]!.rate_limits ?? []).length > 0);
  const record = (r: Recorded) => r.replicaSets[set]!.server;
  // Cores of replicas that do not run are not there to be used.
  const autoscaler = (plan.autoscalers ?? []).findIndex(({ id }) => id === component);
  const running_s = (r: Recorded) => r.autoscalers[autoscaler]!.running.area / members.length;
  return [
    ...ofServer(plan, { cpu_cores, isLimited, record, ...(autoscaler < 0 ? {} : { running_s }) }),
    ...pools.flatMap((pool, index) => ofPool(plan, { ...pool, record: (r) => r.replicaSets[set]!.pools[index]! })),
  ].filter(isNoMaximum);
}

function gatesOfSet(plan: Plan, { gates }: ReplicaSet, set: number): readonly Measure[] {
  return gates.flatMap(({ component, gate }, position) =>
    ofComponent(
      component,
      ofPlacedGate(plan, gate, (r) => r.replicaSets[set]!.gates[position]!),
    ).filter(isNoMaximum),
  );
}

function isNoMaximum({ metric }: Measure): boolean {
  return !metric.name.endsWith("_max");
}

/** A server, or a set of equal ones as one. */
interface MeasuredServer {
  readonly cpu_cores: number;
  /** Whether it has rate limits. */
  readonly isLimited: boolean;
  readonly record: (recorded: Recorded) => RecordedServer;
  /** How long its cores were there [s]: the whole counted time when left out. */
  readonly running_s?: (recorded: Recorded) => number;
}

function ofServer(
  plan: Plan,
  { cpu_cores, isLimited, record, running_s = () => plan.horizon_s - plan.warm_up_s }: MeasuredServer,
): readonly Measure[] {
  const counted_s = plan.horizon_s - plan.warm_up_s;
  const of = (read: (record: RecordedServer) => number) => (r: Recorded) => read(record(r));
  const mean = (level: (record: RecordedServer) => RecordedLevel) => of((record) => level(record).area / counted_s);
  const max = (level: (record: RecordedServer) => RecordedLevel) => of((record) => level(record).maximum);
  return [
    measure(
      "requests_completed",
      "1",
      "Requests that left the server",
      of(({ visits }) => visits),
    ),
    measure(
      "cpu_utilization_ratio",
      "ratio",
      "Share of its cores in use, time average",
      (r) => record(r).cpu.area / cpu_cores / running_s(r),
    ),
    measure(
      "ready_queue_mean",
      "1",
      "Requests waiting for a core, time average",
      mean((s) => s.ready),
    ),
    measure(
      "ready_queue_max",
      "1",
      "Most requests waiting for a core",
      max((s) => s.ready),
    ),
    measure(
      "io_queue_mean",
      "1",
      "Requests in an I/O step, time average",
      mean((s) => s.io),
    ),
    measure(
      "io_queue_max",
      "1",
      "Most requests in an I/O step",
      max((s) => s.io),
    ),
    measure(
      "ram_queue_mean",
      "1",
      "Requests waiting for memory, time average",
      mean((s) => s.ramQueue),
    ),
    measure(
      "ram_queue_max",
      "1",
      "Most requests waiting for memory",
      max((s) => s.ramQueue),
    ),
    measure(
      "ram_used_mb_mean",
      "MB",
      "Memory reserved, time average",
      mean((s) => s.ram),
    ),
    measure(
      "ram_used_mb_max",
      "MB",
      "Most memory reserved",
      max((s) => s.ram),
    ),
    measure(
      "cpu_wait_s_mean",
      "s",
      "Mean wait for a core, per burst",
      of(({ cpuWait }) => cpuWait.mean),
    ),
    measure(
      "cpu_wait_s_p99",
      "s",
      "99 % of bursts waited no longer",
      of(({ cpuWait }) => cpuWait.quantile(0.99)),
    ),
    measure(
      "ram_wait_s_mean",
      "s",
      "Mean wait for memory, per reservation",
      of(({ ramWait_s, reservations }) => ramWait_s / reservations),
    ),
    measure(
      "service_s_mean",
      "s",
      "Mean CPU and I/O time of a visit, without waits",
      of(({ served_s, visits }) => served_s / visits),
    ),
    measure(
      "residence_s_mean",
      "s",
      "Mean time from arrival at the server to leaving it",
      of(({ residence_s, visits }) => residence_s / visits),
    ),
    ...(policiesOf(plan).every(isPatient)
      ? []
      : [
          measure(
            "zombie_cpu_ratio",
            "ratio",
            "Share of the CPU time of visits that was for callers who had given up",
            of(({ zombie_s, cpu_s }) => zombie_s / cpu_s),
          ),
          measure(
            "visits_cpu_s",
            "s",
            "CPU time of the requests that left",
            of(({ cpu_s }) => cpu_s),
          ),
        ]),
    ...(!isLimited
      ? []
      : [
          measure(
            "rate_limited",
            "1",
            "Requests that its rate limits turned away",
            of(({ limited }) => limited),
          ),
        ]),
  ];
}

function ofEdge(plan: Plan, edge: number): readonly Measure[] {
  const counted_s = plan.horizon_s - plan.warm_up_s;
  return [
    measure("connections_mean", "1", "Messages in transit, time average", (r) => r.links[edge]!.level.area / counted_s),
    measure("connections_max", "1", "Most messages in transit", (r) => r.links[edge]!.level.maximum),
    measure("dropped", "1", "Messages lost", (r) => r.links[edge]!.lost),
    ...callMeasures(plan, edge),
    ...breakerMeasures(plan, edge),
    ...fallbackMeasures(plan, edge),
  ];
}

function inFlight(recorded: Recorded): number {
  return recorded.generated - recorded.latency.count - recorded.ended.reduce((sum, count) => sum + count, 0);
}

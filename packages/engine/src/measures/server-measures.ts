import { isPatient } from "../encode/encode-call.js";
import { policiesOf } from "../encode/policies-of.js";
import type { Plan } from "../plan.js";
import { measure, ofComponent, type Measure } from "./measure.js";
import type { RecordedLevel } from "./recorded-level.js";
import type { RecordedServer } from "./recorded-servers.js";
import type { Recorded } from "./recorded.js";

/** What is measured of each server. */
export function serverMeasures(plan: Plan): readonly Measure[] {
  return plan.servers.flatMap(({ id, cpu_cores, rate_limits = [] }, index) => {
    const isLimited = rate_limits.length > 0;
    return ofComponent(id, ofServer(plan, { cpu_cores, isLimited, record: (r) => r.servers[index]! }));
  });
}

/** A server, or a set of equal ones as one. */
export interface MeasuredServer {
  readonly cpu_cores: number;
  /** Whether it has rate limits. */
  readonly isLimited: boolean;
  readonly record: (recorded: Recorded) => RecordedServer;
  /** How long its cores were there [s]: the whole counted time when left out. */
  readonly running_s?: (recorded: Recorded) => number;
}

/** Who was at the server, what they waited for, and how much of it was in use. */
export function ofServer(
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

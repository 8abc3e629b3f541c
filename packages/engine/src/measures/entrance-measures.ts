import type { Plan } from "../plan.js";
import { measure, ofComponent, type Measure } from "./measure.js";
import type { RecordedAdmission, RecordedColdStart } from "./recorded-servers.js";

/** Metrics of the servers that do not let everybody in, and of those that must start. */
export function entranceMeasures(plan: Plan): readonly Measure[] {
  const counted_s = plan.horizon_s - plan.warm_up_s;
  const limited = plan.servers.filter(({ admission }) => admission !== undefined);
  const starting = plan.servers.filter(({ cold_start }) => cold_start !== undefined);
  return [
    ...limited.flatMap(({ id }, index) => ofComponent(id, ofAdmission(index, counted_s))),
    ...starting.flatMap(({ id }, index) => ofComponent(id, ofColdStart(index, counted_s))),
  ];
}

function ofAdmission(index: number, counted_s: number): readonly Measure[] {
  const of = (name: string, unit: string, description: string, read: (record: RecordedAdmission) => number): Measure =>
    measure(name, unit, description, (r) => read(r.admissions[index]!));
  return [
    of("rejected", "1", "Requests that found the backlog full", ({ rejected }) => rejected),
    of("connections_mean", "1", "Requests let in, time average", ({ inside }) => inside.area / counted_s),
    of("connections_max", "1", "Most requests let in at once", ({ inside }) => inside.maximum),
    of("backlog_mean", "1", "Requests waiting to be let in, time average", ({ backlog }) => backlog.area / counted_s),
    of("backlog_max", "1", "Most requests waiting to be let in", ({ backlog }) => backlog.maximum),
    of("backlog_wait_s_mean", "s", "Mean wait to be let in, of those that were", ({ wait }) => wait.mean),
    of("backlog_wait_s_p99", "s", "99 % waited no longer to be let in", ({ wait }) => wait.quantile(0.99)),
  ];
}

function ofColdStart(index: number, counted_s: number): readonly Measure[] {
  const of = (name: string, unit: string, description: string, read: (record: RecordedColdStart) => number): Measure =>
    measure(name, unit, description, (r) => read(r.coldStarts[index]!));
  return [
    of("cold_starts", "1", "Starts of the server", ({ starts }) => starts),
    of("cold_queue_mean", "1", "Requests waiting for a start, time average", ({ queue }) => queue.area / counted_s),
    of(
      "cold_wait_s_mean",
      "s",
      "Mean wait for a start, of the requests that waited",
      ({ wait_s, waits }) => wait_s / waits,
    ),
  ];
}

import { stepsWithin } from "../encode/steps-within.js";
import type { Plan } from "../plan.js";
import { lockingServers } from "./locking-servers.js";
import { measure, ofComponent, type Measure } from "./measure.js";
import type { Recorded } from "./recorded.js";
import type { RecordedRows } from "./recorded-stores.js";

/** What is measured of the rows that are locked at servers. */
export function rowsMeasures(plan: Plan): readonly Measure[] {
  return lockingServers(plan).flatMap(({ id }, index) => ofComponent(id, ofRows(plan, id, index)));
}

function ofRows(plan: Plan, id: string, index: number): readonly Measure[] {
  const counted_s = plan.horizon_s - plan.warm_up_s;
  const of = (read: (record: RecordedRows) => number) => (r: Recorded) => read(r.rows[index]!);
  return [
    measure(
      "rows_locked_mean",
      "1",
      "Rows that are locked, time average",
      of(({ locked }) => locked.area / counted_s),
    ),
    measure(
      "row_queue_mean",
      "1",
      "Waiting for a row that another transaction has locked, time average",
      of(({ queue }) => queue.area / counted_s),
    ),
    measure(
      "row_queue_max",
      "1",
      "Most waiting for rows that others have locked",
      of(({ queue }) => queue.maximum),
    ),
    measure(
      "row_wait_s_mean",
      "s",
      "Mean wait for a row, waits of none included",
      of(({ wait }) => wait.mean),
    ),
    measure(
      "row_wait_s_p99",
      "s",
      "99 % waited no longer for a row",
      of(({ wait }) => wait.quantile(0.99)),
    ),
    ...(!hasTimeouts(plan)
      ? []
      : [
          measure(
            "row_timeouts",
            "1",
            "Waits for a row that reached their time limit",
            of(({ timeouts }) => timeouts),
          ),
        ]),
    measure(
      "deadlocks",
      "1",
      "Waits for a row that failed because transactions would have waited for each other for ever",
      of(({ deadlocks }) => deadlocks),
    ),
    ...(!plan.servers.some(({ replica_of }) => replica_of?.primary === id)
      ? []
      : [
          measure(
            "stale_reads",
            "1",
            "Rows read at a replica that had not seen their last change yet",
            of(({ staleReads }) => staleReads),
          ),
          measure(
            "stale_read_ratio",
            "ratio",
            "Share of the rows read at replicas that had changed and were not seen so there yet",
            of(({ staleReads, replicaReads }) => staleReads / replicaReads),
          ),
        ]),
    ...(!failsOver(plan, id)
      ? []
      : [
          measure(
            "failovers",
            "1",
            "Times that another server took the place of the primary",
            of(({ failovers }) => failovers),
          ),
          measure(
            "lost_writes",
            "1",
            "Transactions with locked rows that whoever took the place of the primary had not seen",
            of(({ lostWrites }) => lostWrites),
          ),
        ]),
  ];
}

/** Whether a replica may take the place of a server. */
function failsOver({ servers, load_balancers, edges }: Plan, id: string): boolean {
  const replicas = new Set(servers.flatMap((it) => (it.replica_of?.primary === id ? [it.id] : [])));
  return load_balancers.some(
    (balancer) =>
      balancer.algorithm === "primary" &&
      edges.some(({ source, target }) => source === balancer.id && replicas.has(target)),
  );
}

/** Whether some call waits for its row for a limited time only. */
function hasTimeouts({ servers }: Plan): boolean {
  const steps = servers.flatMap(({ endpoints }) => endpoints.flatMap((endpoint) => stepsWithin(endpoint.steps)));
  return steps.some((step) => step.kind === "call" && step.lock?.timeout_s !== undefined);
}

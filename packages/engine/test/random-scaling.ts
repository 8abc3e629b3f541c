import fc from "fast-check";
import type { AutoscalerPlan, Plan } from "../src/index.js";
import { balanced, cpu, endpoint, exponential, io, server, type Balancing } from "./plans.js";

const balancing = fc.constantFrom<Balancing>(
  { algorithm: "round_robin" },
  { algorithm: "least_outstanding" },
  { algorithm: "power_of_two", choices: 2, slow_start_s: 1 },
  { algorithm: "round_robin", health_check: { interval_s: 0.5, eject_after: 1, return_after: 1 } },
);

/** Up to six replicas behind a load balancer, one of which may be down for a while. */
export const anySet = fc
  .record({
    replicas: fc.integer({ min: 1, max: 6 }),
    rate_per_s: fc.integer({ min: 5, max: 300 }),
    balancing,
    down: fc.boolean(),
  })
  .map(({ replicas, rate_per_s, balancing: { algorithm, ...options }, down }): Plan => {
    const servers = Array.from({ length: replicas }, (_, k) =>
      server(`app-${k + 1}`, [endpoint([cpu(exponential(0.01)), io(exponential(0.02))], { ram_mb: 1 })], {
        group: "app",
        ram_mb: 40,
      }),
    );
    const disruption = { kind: "server_down", target: "app-1", start_s: 3, end_s: 9 } as const;
    const more = { horizon_s: 30, warm_up_s: 2, series_cell_s: 0.5, disruptions: down ? [disruption] : [] };
    const plan = balanced({ rate_per_s, algorithm: "round_robin", servers, more });
    return {
      ...plan,
      load_balancers: plan.load_balancers.map(
        ({ id }) => ({ id, algorithm, ...options }) as Plan["load_balancers"][number],
      ),
    };
  });

/** What an autoscaler of such a set may be like. */
export const anyScaling = fc.record({
  metric: fc.constantFrom<AutoscalerPlan["metric"]>(
    "cpu_utilization_ratio",
    "concurrency",
    "queue_length",
    "latency_s",
  ),
  target: fc.constantFrom(0.01, 0.1, 0.6, 5),
  interval_s: fc.constantFrom(0.3, 1, 2.5),
  metric_lag_s: fc.constantFrom(0, 1, 4),
  startup_s: fc.constantFrom(exponential(0.01), exponential(2)),
  up: fc.constantFrom(
    { stabilization_s: 0, policies: [] },
    { stabilization_s: 3, policies: [{ kind: "percent" as const, value: 100, period_s: 2 }] },
  ),
  down: fc.constantFrom(
    { stabilization_s: 0, policies: [] },
    { stabilization_s: 5, policies: [{ kind: "replicas" as const, value: 1, period_s: 3 }] },
  ),
});

import { PATIENT, type EdgePlan, type Plan, type ServerPlan } from "@loadstar/engine";

const edge = (source: string, target: string): EdgePlan => ({
  id: `${source}-${target}`,
  source,
  target,
  latency_s: { kind: "constant", value: 0 },
  response_latency_s: { kind: "constant", value: 0 },
  dropout_ratio: 0,
});

const server = (id: string): ServerPlan => ({
  id,
  group: "",
  zone: "",
  cpu_cores: 1,
  ram_mb: 100,
  pools: [],
  endpoints: [
    {
      name: "/",
      weight: 1,
      ram_mb: 1,
      steps: [{ kind: "cpu", duration_s: { kind: "exponential", mean: 0.05 } }],
    },
  ],
});

/** Servers behind a load balancer, ten requests a second for five seconds, time series of four cells. */
export function smallPlan(servers: readonly string[] = ["app"]): Plan {
  return {
    horizon_s: 5,
    warm_up_s: 0,
    series_cell_s: 1.25,
    attribution: false,
    budget: { events: 1e9, live_requests: 1e6 },
    generators: [
      {
        id: "users",
        arrivals: { kind: "poisson", rate_per_s: 10, profile: [] },
        batch_size: { kind: "constant", value: 1 },
        mix: [],
        policy: PATIENT,
      },
    ],
    clients: [{ id: "client" }],
    load_balancers: [{ id: "balancer", algorithm: "round_robin" }],
    servers: servers.map(server),
    edges: [
      edge("users", "client"),
      edge("client", "balancer"),
      ...servers.flatMap((id) => [edge("balancer", id), edge(id, "client")]),
    ],
    disruptions: [],
  };
}

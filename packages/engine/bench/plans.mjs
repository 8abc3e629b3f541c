/** Share of a run that comes first and is not counted. The C++ reference leaves out the same share of its requests. */
export const WARM_UP_RATIO = 0.2;

const PATIENT = { timeout_s: 0, cancels: false, propagates: false, retry: null };

const BUDGET = { events: 1e12, live_requests: 1e6 };

/** Single-queue servers with exponential service, one after another, with edges of constant latency. About `requests` requests. */
export function chainPlan({ servers, cores, arrivals_per_s, service_s, latency_s }, requests) {
  const nodes = ["generator", "client", ...serverIds(servers), "client"];
  const edges = nodes.slice(1).map((target, k) => edge(nodes[k], target, latency_s));
  const horizon_s = requests / arrivals_per_s;
  return {
    ...openPlan({ arrivals_per_s, horizon_s, warm_up_s: WARM_UP_RATIO * horizon_s }),
    servers: serverIds(servers).map((id) => server(id, cores, [cpu(service_s)])),
    edges,
  };
}

/** The same behind one load balancer that sends to each server in turn. */
export function balancedPlan({ servers, cores, arrivals_per_s, service_s, latency_s }, requests) {
  const horizon_s = requests / arrivals_per_s;
  return {
    ...openPlan({ arrivals_per_s, horizon_s, warm_up_s: WARM_UP_RATIO * horizon_s }),
    load_balancers: [{ id: "balancer", algorithm: "round_robin" }],
    servers: serverIds(servers).map((id) => server(id, cores, [cpu(service_s)])),
    edges: [
      edge("generator", "client", latency_s),
      edge("client", "balancer", latency_s),
      ...serverIds(servers).flatMap((id) => [edge("balancer", id, latency_s), edge(id, "client", latency_s)]),
    ],
  };
}

/** A source and exponential delays of mean 1 s, `pending` of them under way on average after `fill_s`. */
export function holdPlan({ pending, fill_s }, requests) {
  const io = { kind: "io", duration_s: { kind: "exponential", mean: 1 } };
  return {
    ...openPlan({ arrivals_per_s: pending, horizon_s: fill_s + requests / pending, warm_up_s: fill_s }),
    servers: [server("server-0", 1, [io])],
    edges: [edge("generator", "client", 0), edge("client", "server-0", 0), edge("server-0", "client", 0)],
  };
}

function openPlan({ arrivals_per_s, horizon_s, warm_up_s }) {
  const arrivals = { kind: "poisson", rate_per_s: arrivals_per_s, profile: [] };
  return {
    horizon_s,
    warm_up_s,
    series_cell_s: 0,
    budget: BUDGET,
    attribution: false,
    generators: [{ id: "generator", arrivals, batch_size: { kind: "constant", value: 1 }, mix: [], policy: PATIENT }],
    clients: [{ id: "client" }],
    load_balancers: [],
    disruptions: [],
  };
}

function serverIds(count) {
  return Array.from({ length: count }, (_, index) => `server-${index}`);
}

function server(id, cpu_cores, steps) {
  return {
    id,
    group: "",
    zone: "",
    cpu_cores,
    ram_mb: 1024,
    pools: [],
    endpoints: [{ name: "/", weight: 1, ram_mb: 0, steps }],
  };
}

function cpu(mean) {
  return { kind: "cpu", duration_s: { kind: "exponential", mean } };
}

function edge(source, target, value) {
  const latency_s = { kind: "constant", value };
  return { id: `${source}-${target}`, source, target, latency_s, response_latency_s: latency_s, dropout_ratio: 0 };
}

import { PATIENT } from "../src/index.js";
import type {
  ArrivalsPlan,
  BalancingAlgorithm,
  BalancingOptions,
  CallPolicy,
  CpuPlan,
  Distribution,
  EdgePlan,
  EndpointPlan,
  GeneratorPlan,
  Plan,
  ServerPlan,
  StepPlan,
  UsersPlan,
} from "../src/index.js";

/** What is said of a load balancer besides its id. */
export type Balancing = BalancingAlgorithm & BalancingOptions;

/** Algorithms that need nothing more. */
export type PlainAlgorithm = "round_robin" | "random" | "least_outstanding" | "least_in_transit";

/** Exactly this value. */
export function constant(value: number): Distribution {
  return { kind: "constant", value };
}

/** Exponential with this mean. */
export function exponential(mean: number): Distribution {
  return { kind: "exponential", mean };
}

/** A step that holds a core; a number is a constant [s]. */
export function cpu(duration_s: Distribution | number): StepPlan {
  return { kind: "cpu", duration_s: typeof duration_s === "number" ? constant(duration_s) : duration_s };
}

/** A step that waits without a core; a number is a constant [s]. */
export function io(duration_s: Distribution | number): StepPlan {
  return { kind: "io", duration_s: typeof duration_s === "number" ? constant(duration_s) : duration_s };
}

/** A step that asks another node over an edge. */
export function call(edgeId: string, endpointName = "", policy: Partial<CallPolicy> = {}): StepPlan {
  return { kind: "call", edge: edgeId, endpoint: endpointName, policy: { ...PATIENT, ...policy } };
}

/** A step that goes several ways at once. */
export function parallel(
  branches: readonly (readonly StepPlan[])[],
  { join = branches.length, on_error = "fail_fast" as "fail_fast" | "collect" } = {},
): StepPlan {
  return { kind: "parallel", branches, join, on_error };
}

/** One endpoint of weight 1 that needs no memory. */
export function endpoint(steps: readonly StepPlan[], more: Partial<EndpointPlan> = {}): EndpointPlan {
  return { name: "work", weight: 1, ram_mb: 0, steps, ...more };
}

/** A server with one core and more memory than anybody needs. */
export function server(id: string, endpoints: readonly EndpointPlan[], more: Partial<ServerPlan> = {}): ServerPlan {
  return { id, group: "", zone: "", cpu_cores: 1, ram_mb: 1_000_000, pools: [], endpoints, ...more };
}

/** A CPU that hands its cores out in turn and never stops, but for what is given. */
export function cpuOf(more: Partial<CpuPlan>): CpuPlan {
  return { scheduling: "fifo", event_loops: null, threads: 0, quota: null, pauses: null, background: [], ...more };
}

/** An edge without latency and loss. */
export function edge(source: string, target: string, more: Partial<EdgePlan> = {}): EdgePlan {
  const latency_s = more.latency_s ?? constant(0);
  const id = `${source}-${target}`;
  return { id, source, target, latency_s, response_latency_s: latency_s, dropout_ratio: 0, ...more };
}

/** A generator without batches. */
export function generatorOf(arrivals: ArrivalsPlan, more: Partial<GeneratorPlan> = {}): GeneratorPlan {
  return { id: "source", arrivals, batch_size: constant(1), mix: [], policy: PATIENT, ...more };
}

/** Poisson arrivals. */
export function poisson(rate_per_s: number, more: Partial<GeneratorPlan> = {}): GeneratorPlan {
  return generatorOf({ kind: "poisson", rate_per_s, profile: [] }, more);
}

/** What differs from one user who sends through one window that outlasts every run. */
export interface UsersOptions extends Partial<UsersPlan>, Partial<Pick<GeneratorPlan, "id" | "mix" | "policy">> {
  readonly kind?: "users" | "asyncflow_users";
}

/** One user who sends at exactly this mean rate. */
export function generator(
  rate_per_s: number,
  { id = "source", kind = "users", mix = [], policy = PATIENT, ...more }: UsersOptions = {},
): GeneratorPlan {
  const users = { users: constant(1), requests_per_user_per_s: rate_per_s, window_s: 1e9, ...more };
  return generatorOf(kind === "users" ? { kind, ...users, profile: [] } : { kind, ...users }, { id, mix, policy });
}

/** A plan with nothing in it but a client and what is given. */
export function planOf(parts: Partial<Plan>): Plan {
  return {
    horizon_s: 10,
    warm_up_s: 0,
    series_cell_s: 0,
    attribution: false,
    budget: { events: 1e12, live_requests: 1e9 },
    generators: [],
    clients: [{ id: "client" }],
    load_balancers: [],
    servers: [],
    edges: [],
    disruptions: [],
    ...parts,
  };
}

/** source -> client -> app -> client: one queue. */
export function singleQueue({
  rate_per_s,
  endpoints,
  cpu_cores = 1,
  ram_mb = 1_000_000,
  more = {},
}: {
  readonly rate_per_s: number;
  readonly endpoints: readonly EndpointPlan[];
  readonly cpu_cores?: number;
  readonly ram_mb?: number;
  readonly more?: Partial<Plan>;
}): Plan {
  return planOf({
    generators: [generator(rate_per_s)],
    servers: [server("app", endpoints, { cpu_cores, ram_mb })],
    edges: [edge("source", "client"), edge("client", "app"), edge("app", "client")],
    ...more,
  });
}

/** source -> client -> balancer -> each server -> client. */
export function balanced({
  rate_per_s,
  algorithm,
  servers,
  latency_s = constant(0),
  more = {},
}: {
  readonly rate_per_s: number;
  /** Its name, or all that is to be said of the load balancer. */
  readonly algorithm: PlainAlgorithm | Balancing;
  readonly servers: readonly ServerPlan[];
  /** Of the edges from the balancer to the servers. */
  readonly latency_s?: Distribution;
  readonly more?: Partial<Plan>;
}): Plan {
  return planOf({
    generators: [generator(rate_per_s)],
    load_balancers: [{ id: "balancer", ...(typeof algorithm === "string" ? { algorithm } : algorithm) }],
    servers,
    edges: [
      edge("source", "client"),
      edge("client", "balancer"),
      ...servers.map(({ id }) => edge("balancer", id, { latency_s })),
      ...servers.map(({ id }) => edge(id, "client")),
    ],
    ...more,
  });
}

/** source -> client -> app, which answers, and other servers that it can call over edges `app-<id>`. */
export function calling({
  rate_per_s,
  steps,
  callees = [],
  latency_s = constant(0),
  app = {},
  more = {},
}: {
  readonly rate_per_s: number;
  readonly steps: readonly StepPlan[];
  readonly callees?: readonly ServerPlan[];
  /** Of the edges from the client and to the other servers. */
  readonly latency_s?: Distribution;
  readonly app?: Partial<ServerPlan>;
  readonly more?: Partial<Plan>;
}): Plan {
  return planOf({
    generators: [generator(rate_per_s)],
    servers: [server("app", [endpoint(steps)], { cpu_cores: 1000, ...app }), ...callees],
    edges: [
      edge("source", "client"),
      edge("client", "app", { latency_s }),
      ...callees.map(({ id }) => edge("app", id, { latency_s })),
    ],
    ...more,
  });
}

import type { EndpointPlan, PoolPlan, ServerPlan, StepPlan } from "@loadstar/engine";
import { connectionPool } from "../model/database.js";
import type {
  ResolvedCache,
  ResolvedDatabase,
  ResolvedEndpoint,
  ResolvedExternal,
  ResolvedServer,
} from "../model/resolved-scenario.js";
import { THREAD_POOL } from "../model/thread-pool.js";
import { compileCpu } from "./compile-cpu.js";
import { compileConnections } from "./compile-database.js";
import { compileInjector } from "./compile-detector.js";
import { compileRateLimit } from "./compile-rate-limit.js";
import { compileSteps, memoryOf, poolsHeldBy, type EdgeTo, type StepsContext } from "./compile-steps.js";

/** What a server can ask. */
export interface Surroundings {
  readonly edgeTo: EdgeTo;
  readonly databases: readonly ResolvedDatabase[];
  readonly caches: readonly ResolvedCache[];
  /** The classes of all requests. */
  readonly classes: readonly string[];
}

/** Compiles a server that is no set any more. Its pools are those that some step of it holds. */
export function compileServer(
  server: ResolvedServer,
  { edgeTo, databases, caches, classes }: Surroundings,
): ServerPlan {
  const { id, group, zones, server_resources: resources, semaphores, endpoints } = server;
  const { admission, cold_start, gate, crowding } = server;
  const connections = new Map(databases.map((database) => [connectionPool(database.id), compileConnections(database)]));
  const pooled = new Set(databases.filter(({ pool }) => pool !== null).map((database) => database.id));
  const context = {
    edgeTo,
    caches: new Map(caches.map((cache) => [cache.id, cache])),
    pooled,
    connected: new Set<string>(),
    databases: new Map(databases.map((database) => [database.id, database])),
    transactions: new Set<string>(),
  };
  const rate_limits = server.rate_limits.flatMap((limit) => compileRateLimit(limit, classes));
  // What is not declared is a lock.
  const poolOf = (name: string): PoolPlan => ({
    name,
    ...(name === THREAD_POOL ? resources.thread_pool : (semaphores[name] ?? { size: 1 })),
  });
  const pools = poolsHeldBy(endpoints.flatMap(({ steps }) => steps));
  const cpu = compileCpu(server);
  const injector = server.injector === undefined ? undefined : compileInjector(server.injector, server);
  return {
    id,
    group,
    zone: zones[0] ?? "",
    cpu_cores: resources.cpu_cores,
    ram_mb: resources.ram_mb,
    ...(cpu === undefined ? {} : { cpu }),
    pools: [...pools].flatMap((name) => connections.get(name) ?? [poolOf(name)]),
    endpoints: endpoints.map((endpoint) => compileEndpoint(endpoint, context, classes)),
    ...(crowding === undefined ? {} : { crowding }),
    ...(admission === undefined ? {} : { admission }),
    ...(cold_start === undefined ? {} : { cold_start }),
    ...(gate === undefined ? {} : { gate }),
    ...(rate_limits.length === 0 ? {} : { rate_limits }),
    ...(injector === undefined ? {} : { injector }),
  };
}

/** Compiles an external service to a server that nothing can be short of: it neither computes nor needs memory. */
export function compileExternal({ id, response_s, error_ratio }: ResolvedExternal): ServerPlan {
  const failure: StepPlan = {
    kind: "branch",
    ways: [{ when: { probability: error_ratio }, steps: [{ kind: "fail" }] }],
  };
  return {
    id,
    group: "",
    zone: "",
    cpu_cores: 1,
    ram_mb: 1,
    pools: [],
    endpoints: [
      {
        name: "/",
        weight: 1,
        ram_mb: 0,
        steps: [{ kind: "io", duration_s: response_s }, ...(error_ratio === 0 ? [] : [failure])],
      },
    ],
  };
}

function compileEndpoint(
  { endpoint_name, weight, gate, rate_limits: limits, deadline_s, steps }: ResolvedEndpoint,
  context: StepsContext,
  classes: readonly string[],
): EndpointPlan {
  const rate_limits = limits.flatMap((limit) => compileRateLimit(limit, classes));
  return {
    name: endpoint_name,
    weight,
    ram_mb: memoryOf(steps),
    ...(rate_limits.length === 0 ? {} : { rate_limits }),
    ...(gate === undefined ? {} : { gate }),
    ...(deadline_s === undefined ? {} : { deadline_s }),
    steps: compileSteps(steps, context),
  };
}

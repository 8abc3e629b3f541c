import type { EndpointPlan, ServerPlan, StepPlan } from "@loadstar/engine";
import type { ResolvedEndpoint, ResolvedExternal, ResolvedServer } from "../model/resolved-scenario.js";
import { THREAD_POOL } from "../model/thread-pool.js";
import { compileRateLimit } from "./compile-rate-limit.js";
import { compileSteps, memoryOf, poolsHeldBy, type EdgeTo } from "./compile-steps.js";

/** What a server refers to. */
export interface ServerContext {
  readonly edgeTo: EdgeTo;
  /** The classes of all requests. */
  readonly classes: readonly string[];
}

/** Compiles a server that is no set any more. Its pools are those that some step of it holds. */
export function compileServer(server: ResolvedServer, { edgeTo, classes }: ServerContext): ServerPlan {
  const { id, group, zones, server_resources: resources, semaphores, endpoints } = server;
  const rate_limits = server.rate_limits.flatMap((limit) => compileRateLimit(limit, classes));
  const pools = poolsHeldBy(endpoints.flatMap(({ steps }) => steps));
  const sizeOf = (name: string): number => (name === THREAD_POOL ? resources.thread_pool : (semaphores[name] ?? 1));
  return {
    id,
    group,
    zone: zones[0] ?? "",
    cpu_cores: resources.cpu_cores,
    ram_mb: resources.ram_mb,
    pools: [...pools].map((name) => ({ name, size: sizeOf(name) })),
    endpoints: endpoints.map((endpoint) => compileEndpoint(endpoint, edgeTo)),
    ...(rate_limits.length === 0 ? {} : { rate_limits }),
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

function compileEndpoint({ endpoint_name, weight, steps }: ResolvedEndpoint, edgeTo: EdgeTo): EndpointPlan {
  return { name: endpoint_name, weight, ram_mb: memoryOf(steps), steps: compileSteps(steps, edgeTo) };
}

import fc from "fast-check";
import type { AdmissionPlan, ColdStartPlan, Plan, ServerPlan } from "../src/index.js";
import { anyDistribution } from "./random-plans.js";

/** How the servers of a plan let requests in. */
export interface Entrance {
  readonly admission: Pick<AdmissionPlan, "max_connections" | "backlog"> & { readonly holdsMemory: boolean };
  readonly cold_start: ColdStartPlan | undefined;
}

/** Few connections, short backlogs, starts of some milliseconds. */
export const anyEntrance: fc.Arbitrary<Entrance> = fc.record({
  admission: fc.record({
    max_connections: fc.integer({ min: 1, max: 4 }),
    backlog: fc.integer({ min: 0, max: 5 }),
    holdsMemory: fc.boolean(),
  }),
  cold_start: fc.option(fc.record({ start_s: anyDistribution, idle_s: fc.constantFrom(0, 0.01, 0.3) }), {
    nil: undefined,
  }),
});

/** The plan with this entrance at every server. */
export function withEntrance(plan: Plan, entrance: Entrance): Plan {
  return { ...plan, servers: plan.servers.map((server) => entered(server, entrance)) };
}

function entered(server: ServerPlan, { admission, cold_start }: Entrance): ServerPlan {
  const { max_connections, backlog, holdsMemory } = admission;
  const most_mb = Math.max(...server.endpoints.map(({ ram_mb }) => ram_mb));
  // Rounded down: all connections together leave what the largest endpoint needs.
  const share_mb = Math.floor((server.ram_mb - most_mb) / max_connections);
  return {
    ...server,
    admission: { max_connections, backlog, ram_per_connection_mb: holdsMemory ? share_mb : 0 },
    ...(cold_start === undefined ? {} : { cold_start }),
  };
}

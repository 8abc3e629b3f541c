import type { ServerPlan } from "../plan.js";

/** A server and its position in the plan. */
export interface PlacedServer {
  readonly server: ServerPlan;
  readonly index: number;
}

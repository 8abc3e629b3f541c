import type { GatePlan } from "../gate-plan.js";
import type { Plan } from "../plan.js";
import { oncePerPlan } from "./once-per-plan.js";

/** A gate and what it is before. */
export interface PlacedGate {
  readonly gate: GatePlan;
  /** Position of the server. */
  readonly server: number;
  /** Position of its endpoint among those of the server; undefined for the gate of all requests. */
  readonly endpoint: number | undefined;
  /** What its metrics are called after: the server, or `<server>/<endpoint>`. */
  readonly component: string;
  /** Whether there are rate limits at the endpoint. */
  readonly isLimited: boolean;
  readonly index: number;
}

/** Where there are only rate limits at an endpoint: a gate that is always open, which counts whom they turn away. */
const OPEN: GatePlan = {
  limit: null,
  queue: { capacity: 0, discipline: { kind: "fifo" }, when_full: "reject_newest", codel: null },
  shedding: null,
};

/** The gates of all servers, as they are recorded: one server's after another's, that of all its requests before those of its endpoints. */
export const placedGates: (plan: Plan) => readonly PlacedGate[] = oncePerPlan(findPlacedGates);

function findPlacedGates({ servers }: Plan): readonly PlacedGate[] {
  return servers
    .flatMap(({ id, gate, endpoints }, server): readonly Omit<PlacedGate, "index">[] => [
      ...(gate === undefined ? [] : [{ gate, server, endpoint: undefined, component: id, isLimited: false }]),
      ...endpoints.flatMap(({ name, gate: own, rate_limits = [] }, endpoint) => {
        const isLimited = rate_limits.length > 0;
        if (own === undefined && !isLimited) return [];
        return [{ gate: own ?? OPEN, server, endpoint, component: endpointComponent(id, name), isLimited }];
      }),
    ])
    .map((placed, index) => ({ ...placed, index }));
}

/** What metrics of an endpoint are called after. Its own slash is the one between the two: `/browse` of `shop` is `shop/browse`. */
export function endpointComponent(server: string, endpoint: string): string {
  return `${server}${endpoint.startsWith("/") ? "" : "/"}${endpoint}`;
}

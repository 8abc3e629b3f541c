import type { DetectorPlan, InjectorPlan, ServerPlan, ThrottlePlan } from "@loadstar/engine";
import type { ResolvedDetector, ResolvedInjector, ResolvedThrottle } from "../model/resolved-detector.js";

/** Compiles a detector of some of the servers. */
export function compileDetector(detector: ResolvedDetector, servers: readonly ServerPlan[]): DetectorPlan {
  const { nodes, capacity, trend_s, ...rest } = detector;
  const watched = servers.filter(({ id }) => nodes.includes(id));
  const most = watched.reduce((sum, server) => sum + waitingAtMost(server), 0);
  return {
    ...rest,
    buffer: { servers: watched.map(({ id }) => id), capacity: capacity ?? most },
    trend_intervals: Math.max(1, Math.round(trend_s / detector.interval_s)),
  };
}

/** Compiles an injector of a server with this backlog and queue; nothing for one that does nothing. */
export function compileInjector(
  injector: ResolvedInjector,
  server: Pick<ServerPlan, "admission" | "gate">,
): InjectorPlan | undefined {
  const { drop_ratio, pressure_drop_ratio, latency_ratio, error_ratio } = injector;
  if (drop_ratio + pressure_drop_ratio + latency_ratio + error_ratio === 0) return undefined;
  // Without pressure nobody asks how full the queue is.
  return { ...injector, capacity: injector.capacity ?? Math.max(1, waitingAtMost(server)) };
}

/** Compiles what holds a generator back. */
export function compileThrottle(throttle: ResolvedThrottle): ThrottlePlan {
  if ("detector" in throttle) return throttle;
  const { nodes, queue_above, latency_above_s, window, delay_s } = throttle;
  return {
    servers: nodes,
    queue_above: queue_above ?? Number.POSITIVE_INFINITY,
    latency_above_s: latency_above_s ?? Number.POSITIVE_INFINITY,
    window,
    delay_s,
  };
}

/** Requests that may wait at a server in its backlog and its queue, where these have a limit. */
function waitingAtMost({ admission, gate }: Pick<ServerPlan, "admission" | "gate">): number {
  const queue = gate?.queue.capacity ?? 0;
  return (admission?.backlog ?? 0) + (queue === Infinity ? 0 : queue);
}

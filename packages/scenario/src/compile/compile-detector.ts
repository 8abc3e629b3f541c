import type { DetectorPlan, InjectorPlan, ServerPlan } from "@loadstar/engine";
import type { ResolvedDetector, ResolvedInjector } from "../model/resolved-detector.js";
import type { ResolvedAdmission } from "../model/resolved-scenario.js";

/** Compiles a detector of some of the servers. */
export function compileDetector(detector: ResolvedDetector, servers: readonly ServerPlan[]): DetectorPlan {
  const { nodes, capacity, trend_s, ...rest } = detector;
  const watched = servers.filter(({ id }) => nodes.includes(id));
  const backlogs = watched.reduce((sum, { admission }) => sum + (admission?.backlog ?? 0), 0);
  return {
    ...rest,
    buffer: { servers: watched.map(({ id }) => id), capacity: capacity ?? backlogs },
    trend_intervals: Math.max(1, Math.round(trend_s / detector.interval_s)),
  };
}

/** Compiles an injector of a server with this admission; nothing for one that does nothing. */
export function compileInjector(
  injector: ResolvedInjector,
  admission: ResolvedAdmission | undefined,
): InjectorPlan | undefined {
  const { drop_ratio, pressure_drop_ratio, latency_ratio, error_ratio } = injector;
  if (drop_ratio + pressure_drop_ratio + latency_ratio + error_ratio === 0) return undefined;
  // Without pressure nobody asks how full the queue is.
  return { ...injector, capacity: injector.capacity ?? admission?.backlog ?? 1 };
}

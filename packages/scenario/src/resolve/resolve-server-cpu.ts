import { DEFAULTS } from "../model/defaults.js";
import type { Dialect } from "../model/dialect.js";
import type { ResolvedServer } from "../model/resolved-scenario.js";
import type { CpuResources, ServerCpu } from "../model/server-cpu.js";
import { resolveDuration } from "./resolve-distribution.js";

/** How the CPU of a server is shared, with every default explicit. */
export function resolveServerCpu(
  { scheduling, pauses, background }: ServerCpu,
  dialect: Dialect,
): Pick<ResolvedServer, "scheduling" | "pauses" | "background"> {
  return {
    scheduling: scheduling ?? DEFAULTS.scheduling,
    pauses:
      pauses === undefined
        ? null
        : {
            every_s: resolveDuration(pauses.every_s, dialect),
            length_s: resolveDuration(pauses.length_s, dialect),
          },
    background: (background ?? []).map(({ name, every_s, cpu_s }) => ({
      name,
      every_s: resolveDuration(every_s, dialect),
      cpu_s: resolveDuration(cpu_s, dialect),
    })),
  };
}

/** The resources that have a part in that. */
export function resolveCpuResources({
  event_loops,
  accept,
  threads,
  cpu_quota,
}: CpuResources): Pick<ResolvedServer["server_resources"], "event_loops" | "accept" | "threads" | "cpu_quota"> {
  return {
    event_loops: event_loops ?? null,
    accept: accept ?? DEFAULTS.accept,
    threads: threads ?? null,
    cpu_quota:
      cpu_quota === undefined ? null : { cores: cpu_quota.cores, period_s: cpu_quota.period_s ?? DEFAULTS.period_s },
  };
}

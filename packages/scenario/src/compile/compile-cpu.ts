import type { CpuPlan } from "@loadstar/engine";
import type { ResolvedServer } from "../model/resolved-scenario.js";

/** How the CPU of a server is shared; undefined where cores are handed out in turn and never stop. */
export function compileCpu(server: ResolvedServer): CpuPlan | undefined {
  const { scheduling, pauses, background, server_resources: resources } = server;
  const { event_loops, accept, threads, cpu_quota } = resources;
  const isPlain =
    scheduling === "fifo" &&
    pauses === null &&
    background.length === 0 &&
    event_loops === null &&
    threads === null &&
    cpu_quota === null;
  if (isPlain) return undefined;
  return {
    scheduling,
    event_loops: event_loops === null ? null : { count: event_loops, accept },
    threads: threads ?? 0,
    quota: cpu_quota,
    pauses,
    background,
  };
}

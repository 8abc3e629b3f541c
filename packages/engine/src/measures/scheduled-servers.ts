import type { FaultEffectPlan, Plan, ServerPlan } from "../plan.js";
import { oncePerPlan } from "./once-per-plan.js";

/** A server whose CPU needs more than cores handed out in turn, and its position. */
export interface ScheduledServer {
  readonly server: ServerPlan;
  readonly index: number;
}

/** The servers whose CPU does more than hand out its cores in turn, in the order in which they are recorded. */
export const scheduledServers: (plan: Plan) => readonly ScheduledServer[] = oncePerPlan(findScheduledServers);

function findScheduledServers({ servers, disruptions, faults = [], llms = [] }: Plan): readonly ScheduledServer[] {
  const effects: readonly FaultEffectPlan[] = [...disruptions, ...faults.flatMap((fault) => fault.effects)];
  const slowed = new Set(effects.filter(({ kind }) => kind === "slow_down").map(({ target }) => target));
  // A language model is slowed down itself, not the server that stands for it.
  for (const { id } of llms) slowed.delete(id);
  return servers
    .map((server, index) => ({ server, index }))
    .filter(({ server }) => slowed.has(server.id) || isScheduled(server));
}

function isScheduled({ cpu, crowding }: ServerPlan): boolean {
  if (crowding !== undefined) return true;
  if (cpu === undefined) return false;
  return cpu.scheduling !== "fifo" || cpu.event_loops !== null || cpu.quota !== null || cpu.pauses !== null;
}

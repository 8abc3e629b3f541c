import { faultWindows, type Plan } from "@loadstar/engine";
import { triggersOf } from "../search/triggers-of.js";

/** Something that was wrong with a component for a while. */
export interface Trouble {
  readonly kind: string;
  readonly target: string;
  readonly start_s: number;
  /** `start_s` for what is over at once. */
  readonly end_s: number;
}

/** All that went wrong in one replication: at known times, and then by chance. */
export function troublesOf(plan: Plan, seed: number, replication: number): readonly Trouble[] {
  const surges = triggersOf(plan).filter(({ kind }) => kind === "load");
  const flushes = (plan.flushes ?? []).map(({ cache, at_s }) => {
    return { kind: "cache_flush", target: cache, start_s: at_s, end_s: at_s };
  });
  const effects = new Map((plan.faults ?? []).map((fault) => [fault.id, fault.effects]));
  const byChance = faultWindows(plan, seed, replication).flatMap(({ id, start_s, end_s }) =>
    effects.get(id)!.map(({ kind, target }) => ({ kind, target, start_s, end_s })),
  );
  return [...plan.disruptions, ...surges, ...flushes, ...byChance].map(({ kind, target, start_s, end_s }) => {
    return { kind: kind === "load" ? "traffic_surge" : kind, target, start_s, end_s };
  });
}

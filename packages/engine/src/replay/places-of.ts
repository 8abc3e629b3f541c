import { OP_COMPLETE } from "../kernel/operations/core.js";
import type { System } from "../kernel/system.js";
import { placedPools } from "../measures/placed-pools.js";
import type { Plan } from "../plan.js";
import { replayComponents } from "./replay-events.js";

/** Which component each part of the kernel is, as a position in `replayComponents(plan)`. */
export function placesOf(plan: Plan, system: System): ReadonlyMap<unknown, number> {
  const positions = new Map(replayComponents(plan).map((id, position) => [id, position]));
  const places = new Map<unknown, number>();
  const name = (parts: readonly unknown[], ids: readonly string[]): void => {
    for (const [index, part] of parts.entries()) places.set(part, positions.get(ids[index]!)!);
  };
  const idsOf = (nodes: readonly { readonly id: string }[]): readonly string[] => nodes.map(({ id }) => id);
  const effects = system.disruptions.flatMap(({ disruption }) => disruption!.effects);
  const faults = plan.faults ?? [];
  name(system.arrivals, idsOf(plan.generators));
  name(system.balancers, idsOf(plan.load_balancers));
  name(system.servers, idsOf(plan.servers));
  name(
    system.pools,
    placedPools(plan).map(({ component }) => component),
  );
  name(system.links, idsOf(plan.edges));
  name(
    effects,
    [...plan.disruptions, ...faults.flatMap((fault) => fault.effects)].map(({ target }) => target),
  );
  // What comes back is complete at the client, or the generator, that sent it.
  for (const [edge, { origin }] of system.links.entries()) {
    if (origin !== null) places.set(origin, positions.get(plan.edges[edge]!.source)!);
  }
  // A client that completes requests has an instruction of its own for each edge that leads to it.
  const targets = system.links.map(({ target }) => target);
  for (const [edge, target] of targets.entries()) {
    if (target?.op === OP_COMPLETE) places.set(target, positions.get(plan.edges[edge]!.target)!);
  }
  return places;
}

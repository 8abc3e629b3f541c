import type { Plan } from "../plan.js";
import type { Balancers } from "./balancers.js";
import type { Links } from "./links.js";
import { RANK } from "./pending-events.js";

/** The plan's disruptions as pairs of events: event 2k begins disruption k, event 2k + 1 ends it. */
export class Disruptions {
  declare private readonly plan: Plan;
  declare private readonly links: Links;
  declare private readonly balancers: Balancers;
  /** Position of each disruption's server or edge. */
  declare private readonly targets: readonly number[];

  constructor(plan: Plan, links: Links, balancers: Balancers) {
    this.plan = plan;
    this.links = links;
    this.balancers = balancers;
    this.targets = plan.disruptions.map(({ kind, target, start_s, end_s }) => {
      if (!(end_s > start_s)) {
        throw new RangeError(
          `Cannot resolve disruption of "${target}": it must end after ${start_s} s: it ends at ${end_s} s`,
        );
      }
      const candidates: readonly { readonly id: string }[] = kind === "server_down" ? plan.servers : plan.edges;
      const index = candidates.findIndex(({ id }) => id === target);
      if (index < 0) throw new RangeError(`Cannot resolve disruption of "${target}": there is no such target`);
      return index;
    });
  }

  /** Hands every event to `push`, in the plan's order. */
  schedule(push: (time: number, rank: number, index: number) => void): void {
    for (const [k, disruption] of this.plan.disruptions.entries()) {
      push(disruption.start_s, RANK.disruption, 2 * k);
      push(disruption.end_s, RANK.recovery, 2 * k + 1);
    }
  }

  apply(event: number): void {
    const begins = event % 2 === 0;
    const disruption = this.plan.disruptions[event >> 1]!;
    const target = this.targets[event >> 1]!;
    if (disruption.kind === "server_down") {
      if (begins) this.balancers.beginOutage(target);
      else this.balancers.endOutage(target);
    } else if (begins) this.links.addSpike(target, disruption.spike_s);
    else this.links.removeSpike(target, disruption.spike_s);
  }
}

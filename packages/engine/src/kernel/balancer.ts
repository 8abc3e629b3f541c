import type { Link } from "./link.js";
import type { NumberReader } from "../platform/number-reader.js";
import { Rotation } from "./rotation.js";

export const ROUND_ROBIN: i32 = 0;
export const LEAST_IN_TRANSIT: i32 = 1;
export const LEAST_OUTSTANDING: i32 = 2;

/** A load balancer: the choice of a link for every request. */
export class Balancer {
  readonly rotation: Rotation;
  private readonly algorithm: i32;
  readonly members: Link[];

  constructor(plan: NumberReader, links: Link[]) {
    const members: Link[] = [];
    this.algorithm = plan.int();
    for (let left = plan.int(); left > 0; left--) members.push(links[plan.int()]);
    for (let k = 0; k < members.length; k++) members[k].balanced = true;
    this.members = members;
    this.rotation = new Rotation();
  }

  reset(): void {
    this.rotation.head = null;
    for (let k = 0; k < this.members.length; k++) this.rotation.append(this.members[k]);
  }

  /** The link for the next request; null when every server is down. */
  choose(): Link | null {
    if (this.algorithm === ROUND_ROBIN) return this.rotation.rotate();
    if (this.algorithm === LEAST_IN_TRANSIT) return this.rotation.leastInTransit();
    return this.rotation.leastOutstanding();
  }
}

import type { NumberReader } from "../../platform/number-reader.js";
import type { Stream } from "../stream.js";
import { Algorithm } from "./algorithm.js";
import { keyPosition } from "./key-position.js";
import type { Member } from "./member.js";
import type { Members } from "./members.js";

/**
 * Consistent hashing with bounded loads (Mirrokni, Thorup and Zadimoghaddam 2018): every member stands at many places of a
 * ring, and a request goes from the place of its key onwards to the first available member that has room. With m
 * requests outstanding, this one included, and n members, a member has room below ceil(load_factor m / n).
 */
export class ConsistentHash extends Algorithm {
  private readonly members: Members;
  private readonly keys: Stream;
  private readonly loadFactor: number;
  /** Ascending places on the ring, and whose they are. */
  private readonly places: Float64Array;
  private readonly owners: Float64Array;
  private readonly length: i32;

  constructor(plan: NumberReader, members: Members, streams: Stream[]) {
    super();
    this.members = members;
    this.keys = streams[plan.int()];
    this.loadFactor = plan.number();
    const length = plan.int();
    this.length = length;
    this.places = plan.numbers(length);
    this.owners = plan.numbers(length);
  }

  reset(): void {}

  pick(now: number): Member | null {
    const key = Math.floor(this.keys.next());
    if (this.members.count === 0) return null;
    const outstanding = (this.members.outstanding + 1) as number;
    const share = (this.loadFactor * outstanding) / (this.members.count as number);
    let first: Member | null = null;
    let at = this.placeFrom(keyPosition(key));
    for (let left = this.length; left > 0; left--) {
      const member = this.members.all[this.owners[at] as i32];
      at = at + 1 === this.length ? 0 : at + 1;
      if (!member.available) continue;
      if ((member.outstanding as number) < Math.ceil(share * member.warmth(now))) return member;
      if (first === null) first = member;
    }
    return first;
  }

  /** The first place from this position onwards; the first of all behind the last. */
  private placeFrom(position: number): i32 {
    let low = 0;
    let high = this.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.places[middle] < position) low = middle + 1;
      else high = middle;
    }
    return low === this.length ? 0 : low;
  }
}

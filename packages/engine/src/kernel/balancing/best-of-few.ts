import type { NumberReader } from "../../platform/number-reader.js";
import { newInts, type Ints } from "../../platform/platform.js";
import type { Stream } from "../stream.js";
import { Algorithm } from "./algorithm.js";
import type { Member } from "./member.js";
import type { Members } from "./members.js";

/**
 * The cheapest of a few members drawn without replacement, the first drawn of several (Mitzenmacher 2001: the power of two
 * choices). A choice takes as many draws as there are candidates, however many members there are.
 */
export class BestOfFew extends Algorithm {
  protected readonly members: Members;
  private readonly choices: Stream;
  private readonly candidates: i32;
  private readonly drawn: Ints;

  constructor(plan: NumberReader, members: Members, streams: Stream[]) {
    super();
    this.members = members;
    this.choices = streams[plan.int()];
    const candidates = plan.int();
    this.candidates = candidates;
    this.drawn = newInts(candidates);
  }

  reset(): void {}

  /** Candidates are swapped to the front one after the other, and back in the end: the list stays as it was. */
  pick(now: number): Member | null {
    const count = this.members.count;
    if (count === 0) return null;
    const available = this.members.available;
    const last = this.candidates < count ? this.candidates : count;
    let best = available[0];
    let least = Infinity;
    for (let k = 0; k < last; k++) {
      const other = k + (Math.floor(this.choices.next() * ((count - k) as number)) as i32);
      const candidate = available[other];
      available[other] = available[k];
      available[k] = candidate;
      this.drawn[k] = other;
      const cost = this.costOf(candidate, now);
      if (k === 0 || cost < least) {
        best = candidate;
        least = cost;
      }
    }
    for (let k = last - 1; k >= 0; k--) {
      const candidate = available[k];
      available[k] = available[this.drawn[k]];
      available[this.drawn[k]] = candidate;
    }
    return best;
  }

  /** What the candidates are compared by: outstanding requests. */
  protected costOf(member: Member, now: number): number {
    return member.cost(now);
  }
}

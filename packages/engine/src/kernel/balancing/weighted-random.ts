import type { NumberReader } from "../../platform/number-reader.js";
import { newNumbers, type Numbers } from "../../platform/platform.js";
import type { Stream } from "../stream.js";
import { Algorithm } from "./algorithm.js";
import type { Member } from "./member.js";
import type { Members } from "./members.js";

/** A member with a probability in proportion to its weight. A choice takes the logarithm of the number of members. */
export class WeightedRandom extends Algorithm {
  private readonly members: Members;
  private readonly weights: Float64Array;
  private readonly choices: Stream;
  /** Sums of the weights of the available members, up to and including each. */
  private readonly sums: Numbers;

  constructor(plan: NumberReader, members: Members, streams: Stream[]) {
    super();
    this.members = members;
    this.weights = plan.numbers(members.all.length);
    this.choices = streams[plan.int()];
    this.sums = newNumbers(members.all.length);
  }

  reset(): void {
    this.add();
  }

  pick(now: number): Member | null {
    if (this.members.count === 0) return null;
    let member = this.draw();
    for (let left = this.members.count; left > 0 && !member.takes(now); left--) member = this.draw();
    return member;
  }

  override join(_member: Member): void {
    this.add();
  }

  override leave(_member: Member): void {
    this.add();
  }

  private add(): void {
    let sum: number = 0;
    for (let k = 0; k < this.members.count; k++) {
      sum += this.weights[this.members.available[k].position];
      this.sums[k] = sum;
    }
  }

  /** The first member whose sum is above the point drawn. */
  private draw(): Member {
    let low = 0;
    let high = this.members.count - 1;
    const point = this.choices.next() * this.sums[high];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.sums[middle] > point) high = middle;
      else low = middle + 1;
    }
    return this.members.available[low];
  }
}

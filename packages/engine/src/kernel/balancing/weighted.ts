import type { NumberReader } from "../../platform/number-reader.js";
import { newNumbers, type Numbers } from "../../platform/platform.js";
import { Algorithm } from "./algorithm.js";
import type { Member } from "./member.js";
import type { Members } from "./members.js";

/**
 * Smooth weighted round robin as nginx has it (Sysoev and Dounin 2012): everybody gets its weight, the richest is chosen and
 * pays what all got. In a cycle each member has as many turns as its weight says, spread evenly. It looks at all members.
 */
export class Weighted extends Algorithm {
  private readonly members: Members;
  private readonly weights: Float64Array;
  /** What each member has. */
  private readonly funds: Numbers;

  constructor(plan: NumberReader, members: Members) {
    super();
    this.members = members;
    this.weights = plan.numbers(members.all.length);
    this.funds = newNumbers(members.all.length);
  }

  reset(): void {
    for (let k = 0; k < this.members.all.length; k++) this.funds[k] = 0;
  }

  pick(now: number): Member | null {
    const members = this.members;
    if (members.count === 0) return null;
    const funds = this.funds;
    let best = members.available[0];
    let paid: number = 0;
    for (let k = 0; k < members.count; k++) {
      const member = members.available[k];
      const weight = this.weights[member.position] * member.warmth(now);
      funds[member.position] += weight;
      paid += weight;
      if (funds[member.position] > funds[best.position]) best = member;
    }
    funds[best.position] -= paid;
    return best;
  }

  /** What it had when it left is forgotten. */
  override join(member: Member): void {
    this.funds[member.position] = 0;
  }
}

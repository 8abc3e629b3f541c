import type { Member } from "./member.js";
import { Rotating } from "./rotating.js";

/** The member with the fewest messages on its link, the first of several, as AsyncFlow 0.1.1 has it. */
export class LeastInTransit extends Rotating {
  pick(_now: number): Member | null {
    const head = this.rotation.head;
    if (head === null) return null;
    let best = head;
    for (let member = head.after!; member !== head && inTransit(best) > 0; member = member.after!) {
      if (inTransit(member) < inTransit(best)) best = member;
    }
    return best;
  }
}

function inTransit(member: Member): number {
  return member.link.record.level.value;
}

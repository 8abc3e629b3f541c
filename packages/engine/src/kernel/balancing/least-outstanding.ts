import type { Member } from "./member.js";
import { Rotating } from "./rotating.js";

/** The cost of a member that has nothing to do. */
const IDLE: number = 1;

/** The member with the fewest outstanding requests, ties in rotation. It looks at members until it finds an idle one. */
export class LeastOutstanding extends Rotating {
  pick(now: number): Member | null {
    const head = this.rotation.head;
    if (head === null) return null;
    let best = head;
    let least = head.cost(now);
    for (let member = head.after!; member !== head && least > IDLE; member = member.after!) {
      const cost = member.cost(now);
      if (cost < least) {
        best = member;
        least = cost;
      }
    }
    this.rotation.head = best.after;
    return best;
  }
}

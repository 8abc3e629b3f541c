import type { Member } from "./member.js";
import { Rotating } from "./rotating.js";

/** One member after the other. */
export class RoundRobin extends Rotating {
  pick(now: number): Member | null {
    return this.rotation.turn(now, this.members.count);
  }
}

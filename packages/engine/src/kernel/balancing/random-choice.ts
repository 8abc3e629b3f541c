import type { NumberReader } from "../../platform/number-reader.js";
import type { Stream } from "../stream.js";
import { Algorithm } from "./algorithm.js";
import type { Member } from "./member.js";
import type { Members } from "./members.js";

/** Any member with equal probability. */
export class RandomChoice extends Algorithm {
  private readonly members: Members;
  private readonly choices: Stream;

  constructor(plan: NumberReader, members: Members, streams: Stream[]) {
    super();
    this.members = members;
    this.choices = streams[plan.int()];
  }

  reset(): void {}

  pick(now: number): Member | null {
    if (this.members.count === 0) return null;
    let member = this.draw();
    for (let left = this.members.count; left > 0 && !member.takes(now); left--) member = this.draw();
    return member;
  }

  private draw(): Member {
    const members = this.members;
    return members.available[Math.floor(this.choices.next() * (members.count as number)) as i32];
  }
}

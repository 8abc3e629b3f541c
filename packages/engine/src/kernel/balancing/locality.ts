import type { NumberReader } from "../../platform/number-reader.js";
import { Algorithm } from "./algorithm.js";
import type { Member } from "./member.js";
import type { Members } from "./members.js";
import { Rotation } from "./rotation.js";

/** One member of the balancer's own zone after the other; while none of them is available, one of the others after the other. */
export class Locality extends Algorithm {
  private readonly members: Members;
  /** 1 for members of the balancer's zone. */
  private readonly local: Float64Array;
  private readonly near: Rotation;
  private readonly far: Rotation;

  constructor(plan: NumberReader, members: Members) {
    super();
    this.members = members;
    this.local = plan.numbers(members.all.length);
    this.near = new Rotation();
    this.far = new Rotation();
  }

  reset(): void {
    this.near.head = null;
    this.far.head = null;
    for (let k = 0; k < this.members.all.length; k++) this.join(this.members.all[k]);
  }

  pick(now: number): Member | null {
    const rotation = this.near.head === null ? this.far : this.near;
    return rotation.turn(now, this.members.count);
  }

  override join(member: Member): void {
    this.rotationOf(member).append(member);
  }

  override leave(member: Member): void {
    this.rotationOf(member).remove(member);
  }

  private rotationOf(member: Member): Rotation {
    return this.local[member.position] === 1 ? this.near : this.far;
  }
}

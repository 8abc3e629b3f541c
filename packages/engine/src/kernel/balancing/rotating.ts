import { Algorithm } from "./algorithm.js";
import type { Member } from "./member.js";
import type { Members } from "./members.js";
import { Rotation } from "./rotation.js";

/** An algorithm that keeps its available members in rotation. */
export abstract class Rotating extends Algorithm {
  protected readonly members: Members;
  protected readonly rotation: Rotation;

  constructor(members: Members) {
    super();
    this.members = members;
    this.rotation = new Rotation();
  }

  reset(): void {
    this.rotation.head = null;
    for (let k = 0; k < this.members.all.length; k++) this.rotation.append(this.members.all[k]);
  }

  override join(member: Member): void {
    this.rotation.append(member);
  }

  override leave(member: Member): void {
    this.rotation.remove(member);
  }
}

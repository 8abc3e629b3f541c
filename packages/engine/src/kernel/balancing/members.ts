import type { Member } from "./member.js";

/** The members of a load balancer, and those of them that it may choose. */
export class Members {
  /** In the order of the plan. */
  readonly all: Member[];
  /** The first `count` of these may be chosen, in the order of the plan. */
  readonly available: Member[];
  count: i32;
  /** Requests sent to all of them and not finished. */
  outstanding: i32 = 0;

  constructor(all: Member[]) {
    this.all = all;
    this.available = all.slice();
    this.count = all.length;
  }

  reset(): void {
    this.outstanding = 0;
    for (let k = 0; k < this.all.length; k++) this.all[k].reset();
    this.gather();
  }

  /** Sets who may be chosen. Rare: it looks at all of them. */
  setAvailable(member: Member, available: boolean): void {
    member.available = available;
    this.gather();
  }

  private gather(): void {
    let count = 0;
    for (let k = 0; k < this.all.length; k++) {
      if (!this.all[k].available) continue;
      this.available[count] = this.all[k];
      count++;
    }
    this.count = count;
  }
}

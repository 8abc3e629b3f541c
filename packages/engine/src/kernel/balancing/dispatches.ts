import type { Link } from "../link.js";
import { Dispatch } from "./dispatch.js";

/** All choices of load balancers, those in force and those that wait for their next use. */
export class Dispatches {
  private readonly all: Dispatch[];
  private free: Dispatch | null = null;

  constructor() {
    this.all = [];
  }

  /** Takes all back. */
  reset(): void {
    this.free = null;
    for (let k = 0; k < this.all.length; k++) this.release(this.all[k]);
  }

  acquire(link: Link, before: Dispatch | null, now: number): Dispatch {
    const dispatch = this.free;
    if (dispatch === null) {
      const made = new Dispatch(link, before, now);
      this.all.push(made);
      return made;
    }
    this.free = dispatch.before;
    dispatch.link = link;
    dispatch.before = before;
    dispatch.sent_s = now;
    return dispatch;
  }

  /** Takes one back and gives the one before it. */
  release(dispatch: Dispatch): Dispatch | null {
    const before = dispatch.before;
    dispatch.before = this.free;
    this.free = dispatch;
    return before;
  }
}

import type { NumberReader } from "../../platform/number-reader.js";
import { Algorithm } from "./algorithm.js";
import type { Member } from "./member.js";
import type { Members } from "./members.js";

/** One member gets all requests. When it has been down for long enough, the next one that is up takes its place, and keeps it. */
export class Primary extends Algorithm {
  private readonly members: Members;
  private readonly failover_s: number;
  private primary: i32 = 0;

  constructor(plan: NumberReader, members: Members) {
    super();
    this.members = members;
    this.failover_s = plan.number();
  }

  reset(): void {
    this.primary = 0;
  }

  pick(now: number): Member | null {
    const all = this.members.all;
    const primary = all[this.primary];
    if (primary.available) return primary;
    if (now < primary.down_s + this.failover_s) return null;
    for (let k = 1; k < all.length; k++) {
      const next = (this.primary + k) % all.length;
      if (!all[next].available) continue;
      this.primary = next;
      const server = all[next].link.server;
      if (server !== null && server.rows !== null) server.rows!.promote(server, primary.down_s);
      return all[next];
    }
    return null;
  }
}

import type { TroubleRecord } from "../../record/trouble-record.js";
import type { Balancer } from "../balancing/balancer.js";
import type { Server } from "../server.js";
import { Effect } from "./effect.js";
import { Occupants } from "./occupants.js";

/** A server takes nothing new; after a crash it has lost what it had. All load balancers are told. */
export class Outage extends Effect {
  private readonly server: Server;
  private readonly balancers: Balancer[];

  constructor(record: TroubleRecord | null, server: Server, balancers: Balancer[], crashes: boolean) {
    super(record);
    this.server = server;
    this.balancers = balancers;
    this.restarted = server;
    if (crashes) {
      this.crashed = server;
      if (server.occupants === null) server.occupants = new Occupants();
    }
  }

  begin(now: number): void {
    const server = this.server;
    if (this.crashed !== null) server.occupants!.crashes++;
    server.outages++;
    if (this.record !== null) this.record!.fail(now);
    if (server.outages === 1) this.setUp(false, now);
  }

  end(now: number): void {
    const server = this.server;
    if (this.crashed !== null) server.occupants!.crashes--;
    server.outages--;
    if (this.record !== null) this.record!.recover(now);
    if (server.outages === 0) this.setUp(true, now);
  }

  private setUp(up: boolean, now: number): void {
    for (let k = 0; k < this.balancers.length; k++) this.balancers[k].setUp(this.server, up, now);
  }
}

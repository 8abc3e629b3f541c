import type { Balancer } from "./balancing/balancer.js";
import type { Link } from "./link.js";
import type { NumberReader } from "../platform/number-reader.js";
import type { Server } from "./server.js";

/** Something that happens at a known time: a server is down or slower, or a link is slower or loses more. One of the two is null. */
export class Disruption {
  readonly start_s: number;
  readonly end_s: number;
  private readonly spike_s: number;
  /** How many times as long everything takes at the server; 0 when it is down. */
  private readonly factor: number;
  /** The share of a link's messages that is lost, and that of its bandwidth that is left. */
  private readonly lossRatio: number;
  private readonly bandwidthRatio: number;
  private readonly server: Server | null;
  private readonly link: Link | null;
  private readonly balancers: Balancer[];

  constructor(plan: NumberReader, servers: Server[], links: Link[], balancers: Balancer[]) {
    const server = plan.int();
    const link = plan.int();
    this.server = server < 0 ? null : servers[server];
    this.link = link < 0 ? null : links[link];
    this.start_s = plan.number();
    this.end_s = plan.number();
    this.spike_s = plan.number();
    this.factor = plan.number();
    this.lossRatio = plan.number();
    this.bandwidthRatio = plan.number();
    this.balancers = balancers;
  }

  begin(now: number): void {
    const link = this.link;
    if (link !== null) {
      link.addSpike(this.spike_s);
      if (link.channel !== null) link.channel!.degrade(this.lossRatio, this.bandwidthRatio, now);
    }
    const server = this.server;
    if (server === null) return;
    if (this.factor > 0) {
      server.processors!.slowDown(this.factor, now);
      return;
    }
    server.outages++;
    if (server.outages === 1) this.setUp(server, false, this.start_s);
  }

  end(now: number): void {
    const link = this.link;
    if (link !== null) {
      link.removeSpike(this.spike_s);
      if (link.channel !== null) link.channel!.recover(this.lossRatio, this.bandwidthRatio, now);
    }
    const server = this.server;
    if (server === null) return;
    if (this.factor > 0) {
      server.processors!.hasten(this.factor, now);
      return;
    }
    server.outages--;
    if (server.outages === 0) this.setUp(server, true, this.end_s);
  }

  /** Tells all load balancers. */
  private setUp(server: Server, up: boolean, now: number): void {
    for (let k = 0; k < this.balancers.length; k++) this.balancers[k].setUp(server, up, now);
  }
}

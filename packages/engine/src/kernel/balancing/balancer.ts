import type { NumberReader } from "../../platform/number-reader.js";
import type { EjectionRecord } from "../../record/ejection-record.js";
import type { Link } from "../link.js";
import { Part } from "../part.js";
import type { Server } from "../server.js";
import type { Stream } from "../stream.js";
import type { Algorithm } from "./algorithm.js";
import { HealthCheck } from "./health-check.js";
import { Member } from "./member.js";
import { Members } from "./members.js";
import { OutlierEjection } from "./outlier-ejection.js";
import { readAlgorithm } from "./read-algorithm.js";

/** A load balancer: the choice of a link for every request, and what it knows of those behind its links. */
export class Balancer extends Part {
  /** Whether it knows at once which servers are down: then a server takes what it sent, as in AsyncFlow. */
  readonly knows: boolean;
  /** Whether what becomes of a request matters for the next ones. */
  private readonly learns: boolean;
  private readonly members: Members;
  private readonly algorithm: Algorithm;
  private readonly health: HealthCheck | null;
  private readonly ejection: OutlierEjection | null;
  /** Of each member, where it may be ejected. */
  private readonly records: EjectionRecord[];

  /** `records` are those of all members of all load balancers that may be ejected. */
  constructor(plan: NumberReader, links: Link[], streams: Stream[], records: EjectionRecord[]) {
    super();
    const firstRecord = plan.int();
    const slow_start_s = plan.number();
    const refresh_s = plan.number();
    const all: Member[] = [];
    for (let left = plan.int(); left > 0; left--) {
      all.push(new Member(links[plan.int()], all.length, slow_start_s, refresh_s));
    }
    const health = plan.int() === 1 ? new HealthCheck(plan, all.length) : null;
    const ejection = plan.int() === 1 ? new OutlierEjection(plan, all.length) : null;
    const members = new Members(all);
    const knows = health === null && ejection === null;
    this.knows = knows;
    this.members = members;
    this.health = health;
    this.ejection = ejection;
    this.records = records.slice(firstRecord, knows ? firstRecord : firstRecord + all.length);
    const algorithm = readAlgorithm(plan, members, streams);
    this.algorithm = algorithm;
    this.learns = ejection !== null || algorithm.listens;
    for (let k = 0; k < all.length; k++) {
      all[k].link.balancer = this;
      all[k].link.member = all[k];
    }
  }

  reset(): void {
    this.members.reset();
    this.algorithm.reset();
    const health = this.health;
    if (health !== null) health.reset();
    const ejection = this.ejection;
    if (ejection !== null) ejection.reset();
  }

  /** The link for the next request, which is outstanding from now on; null when no member is available. */
  choose(now: number): Link | null {
    if (!this.knows) this.catchUp(now, true);
    const member = this.algorithm.pick(now);
    if (member === null) return null;
    member.send(now);
    this.members.outstanding++;
    return member.link;
  }

  /** A request that was sent over one of its links has been served, or has failed, this long after it was chosen [s]. */
  settled(link: Link, latency_s: number, failed: boolean, now: number): void {
    const member = link.member!;
    member.settle(now);
    this.members.outstanding--;
    if (this.learns) this.learn(member, latency_s, failed, now);
  }

  private learn(member: Member, latency_s: number, failed: boolean, now: number): void {
    if (!failed) this.algorithm.answered(member, latency_s, now);
    const ejection = this.ejection;
    if (ejection === null) return;
    if (!failed) {
      ejection.succeeded(member);
      return;
    }
    this.catchUp(now, true);
    if (ejection.failed(member, now)) this.judge(member, now);
  }

  /** The run is over: what is recorded of the members is brought up to `now`. */
  settle(now: number): void {
    if (this.knows) return;
    this.catchUp(now, false);
    for (let k = 0; k < this.records.length; k++) this.records[k].countUpTo(now);
  }

  /** A server is taken into service, or out of it: it gets no more requests then, whatever its health. */
  setInService(server: Server, inService: boolean, now: number): void {
    for (let k = 0; k < this.members.all.length; k++) {
      const member = this.members.all[k];
      if (member.link.server !== server) continue;
      this.catchUp(now, false);
      member.inService = inService;
      this.judge(member, now);
    }
  }

  /** Requests that were sent to a server and are not finished. */
  outstandingAt(server: Server): i32 {
    let outstanding: i32 = 0;
    for (let k = 0; k < this.members.all.length; k++) {
      if (this.members.all[k].link.server === server) outstanding += this.members.all[k].outstanding;
    }
    return outstanding;
  }

  /** A server goes down or comes up. A member that leads to another load balancer counts as up, always. */
  setUp(server: Server, up: boolean, now: number): void {
    for (let k = 0; k < this.members.all.length; k++) {
      const member = this.members.all[k];
      if (member.link.server === server) this.setMemberUp(member, up, now);
    }
  }

  private setMemberUp(member: Member, up: boolean, now: number): void {
    const health = this.health;
    if (health !== null) {
      this.catchUp(now, false);
      health.setUp(member, up, now);
    } else if (this.knows) {
      member.up = up;
      this.judge(member, now);
    }
  }

  /** Takes verdicts and ends ejections that are due, in the order of their times. */
  private catchUp(now: number, inclusive: boolean): void {
    const health = this.health;
    const ejection = this.ejection;
    while (true) {
      const verdict = health !== null && health.isDue(now, inclusive);
      const comeback = ejection !== null && ejection.next_s() <= now;
      if (!verdict && !comeback) return;
      if (verdict && (!comeback || health!.next_s() <= ejection!.next_s())) this.takeVerdict(health!);
      else this.takeReturn(ejection!);
    }
  }

  private takeVerdict(health: HealthCheck): void {
    const time_s = health.next_s();
    this.judge(this.members.all[health.takeVerdict()], time_s);
  }

  private takeReturn(ejection: OutlierEjection): void {
    const time_s = ejection.next_s();
    this.judge(this.members.all[ejection.takeReturn()], time_s);
  }

  /** Whether the member may be chosen, after something has changed. */
  private judge(member: Member, now: number): void {
    const health = this.health;
    const ejection = this.ejection;
    const healthy = health === null ? member.up : health.isHealthy(member);
    const welcome = ejection === null || !ejection.isEjected(member);
    if (!this.knows) this.records[member.position].set(!healthy || !welcome, now);
    this.setAvailable(member, member.inService && healthy && welcome, now);
  }

  private setAvailable(member: Member, available: boolean, now: number): void {
    if (member.available === available) return;
    this.members.setAvailable(member, available);
    if (available) {
      member.start(now);
      this.algorithm.join(member);
    } else {
      member.down_s = now;
      this.algorithm.leave(member);
    }
  }
}

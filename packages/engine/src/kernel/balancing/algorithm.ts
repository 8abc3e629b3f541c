import type { Member } from "./member.js";

/** How a load balancer chooses among its members. */
export abstract class Algorithm {
  /** Whether it wants to hear of answers. */
  listens: boolean = false;

  /** Begins a replication: all members are available. */
  abstract reset(): void;

  /** The member for the next request; null when none is available. */
  abstract pick(now: number): Member | null;

  /** A member has become available. */
  join(_member: Member): void {}

  /** A member is no longer available. */
  leave(_member: Member): void {}

  /** A request has been answered after this time [s]; told to those that listen. */
  answered(_member: Member, _latency_s: number, _now: number): void {}
}

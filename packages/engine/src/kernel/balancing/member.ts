import type { Link } from "../link.js";

/** The least share of a member that has just come up: not 0, so that costs divided by it stay finite. */
const LEAST_WARMTH: number = 1e-9;

/** A link that a load balancer may choose, and what the balancer knows of it. Hot: no method allocates. */
export class Member {
  readonly link: Link;
  /** Among the balancer's links, in the order of the plan. */
  readonly position: i32;
  /** Whether the balancer may choose it now. */
  available: boolean = true;
  /** Whether its server is up, as far as a balancer without health checks knows, and in service. */
  up: boolean = true;
  inService: boolean = true;
  /** Requests sent over it and not finished. */
  outstanding: i32 = 0;
  /** Neighbours in the rotation it is in. */
  after: Member | null = null;
  before: Member | null = null;
  private readonly slow_start_s: number;
  private readonly refresh_s: number;
  /** When it was last put back into service, and when it is warm again [s]. */
  private since_s: number = 0;
  private warm_s: number = 0;
  /** What it has saved up of its share while it warms up: with 1 it takes a request. */
  private credit: number = 0;
  /** Outstanding requests at the last refresh, and the number of that. */
  private seen: i32 = 0;
  private refresh: number = 0;

  /** `slow_start_s` and `refresh_s` are of the balancer; 0 for none. */
  constructor(link: Link, position: i32, slow_start_s: number, refresh_s: number) {
    this.link = link;
    this.position = position;
    this.slow_start_s = slow_start_s;
    this.refresh_s = refresh_s;
  }

  reset(): void {
    this.available = true;
    this.up = true;
    this.inService = true;
    this.outstanding = 0;
    this.since_s = 0;
    this.warm_s = 0;
    this.credit = 0;
    this.seen = 0;
    this.refresh = 0;
  }

  /** It comes back into service. */
  start(now: number): void {
    this.since_s = now;
    this.warm_s = now + this.slow_start_s;
    this.credit = 0;
  }

  send(now: number): void {
    if (this.refresh_s > 0) this.lookAgain(now);
    this.outstanding++;
  }

  settle(now: number): void {
    if (this.refresh_s > 0) this.lookAgain(now);
    this.outstanding--;
  }

  /** Outstanding requests as the balancer sees them. */
  load(now: number): i32 {
    if (this.refresh_s === 0) return this.outstanding;
    this.lookAgain(now);
    return this.seen;
  }

  /** Its load with one more request, in terms of what it can take: what balancers that look at loads compare. */
  cost(now: number): number {
    return ((this.load(now) as number) + 1) / this.warmth(now);
  }

  /** The share of an ordinary member that it should get: grows from 0 to 1 while it warms up. */
  warmth(now: number): number {
    if (now >= this.warm_s) return 1;
    return Math.max(LEAST_WARMTH, (now - this.since_s) / this.slow_start_s);
  }

  /** Whether it takes a request that is its turn; while it warms up, its share of them and no more. */
  takes(now: number): boolean {
    if (now >= this.warm_s) return true;
    this.credit += this.warmth(now);
    if (this.credit < 1) return false;
    this.credit -= 1;
    return true;
  }

  /** Nothing has changed since the last request was sent or finished: what stood then stood at every refresh since. */
  private lookAgain(now: number): void {
    const refresh = Math.floor(now / this.refresh_s);
    if (refresh === this.refresh) return;
    this.refresh = refresh;
    this.seen = this.outstanding;
  }
}

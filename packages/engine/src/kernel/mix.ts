import type { NumberReader } from "../platform/number-reader.js";
import type { Frame } from "./frame.js";
import type { Stream } from "./stream.js";

/** What the requests of a generator ask for. */
export class Mix {
  private readonly choices: Stream;
  /** Upper end of each entry's share of [0, 1), the name of its endpoint, its class, its priority, and what it is recorded as. */
  private readonly shares: number[];
  private readonly endpoints: i32[];
  private readonly classes: i32[];
  private readonly priorities: i32[];
  private readonly kinds: i32[];

  constructor(plan: NumberReader, streams: Stream[]) {
    const shares: number[] = [];
    const endpoints: i32[] = [];
    const classes: i32[] = [];
    const priorities: i32[] = [];
    const kinds: i32[] = [];
    this.choices = streams[plan.int()];
    for (let left = plan.int(); left > 0; left--) {
      shares.push(plan.number());
      endpoints.push(plan.int());
      classes.push(plan.int());
      priorities.push(plan.int());
      kinds.push(plan.int());
    }
    this.shares = shares;
    this.endpoints = endpoints;
    this.classes = classes;
    this.priorities = priorities;
    this.kinds = kinds;
  }

  /** Whether requests ask for nothing in particular. */
  isEmpty(): boolean {
    return this.shares.length === 0;
  }

  /** Decides what a request asks for: the kind at this position, or one by weight for -1. */
  choose(frame: Frame, position: i32): void {
    const last = this.shares.length - 1;
    let chosen = position < 0 ? 0 : position;
    if (last > 0 && position < 0) {
      const u = this.choices.next();
      while (chosen < last && u >= this.shares[chosen]) chosen++;
    }
    frame.endpoint = this.endpoints[chosen];
    frame.requestClass = this.classes[chosen];
    frame.priority = this.priorities[chosen];
    frame.kind = this.kinds[chosen];
  }
}

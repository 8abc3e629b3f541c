import type { NumberReader } from "../platform/number-reader.js";
import type { Frame } from "./frame.js";
import type { Stream } from "./stream.js";

/** What the requests of a generator ask for. */
export class Mix {
  private readonly choices: Stream;
  /** The position of its first entry in the generator's mix. */
  private readonly first: i32;
  /** Upper end of each entry's share of [0, 1), the name of its endpoint, its class, its priority, and what it is recorded as. */
  private readonly shares: number[];
  private readonly endpoints: i32[];
  private readonly classes: i32[];
  private readonly priorities: i32[];
  private readonly kinds: i32[];
  /** For each row of a trace the entry that it is of, where the trace says so. */
  private readonly ofRows: Float64Array;
  private readonly hasRows: boolean;

  constructor(plan: NumberReader, streams: Stream[]) {
    const shares: number[] = [];
    const endpoints: i32[] = [];
    const classes: i32[] = [];
    const priorities: i32[] = [];
    const kinds: i32[] = [];
    const position = plan.int();
    const rows = plan.int();
    this.ofRows = plan.numbersAt(position, rows);
    this.hasRows = rows > 0;
    this.choices = streams[plan.int()];
    this.first = plan.int();
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

  /** Decides what a request asks for: what this row of a trace says, or an entry by weight. */
  choose(frame: Frame, row: i32): void {
    const last = this.shares.length - 1;
    let chosen = 0;
    if (this.hasRows) chosen = this.ofRows[row] as i32;
    else if (last > 0) {
      const u = this.choices.next();
      while (chosen < last && u >= this.shares[chosen]) chosen++;
    }
    frame.endpoint = this.endpoints[chosen];
    frame.requestClass = this.classes[chosen];
    frame.priority = this.priorities[chosen];
    frame.kind = this.kinds[chosen];
    frame.extras.entry = this.first + chosen;
    frame.extras.row = row;
  }
}

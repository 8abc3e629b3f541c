import type { NumberReader } from "../../platform/number-reader.js";
import type { Stream } from "../stream.js";
import { Rate } from "./rate.js";

/** A rate that changes with a Markov chain: each state has its rate and lasts for an exponential time. */
export class MarkovRate extends Rate {
  private readonly sojourns: Stream;
  private readonly choices: Stream;
  private readonly states: i32;
  /** Rate [1/s] and mean sojourn [s], state by state. */
  private readonly parameters: Float64Array;
  /**
   * Row by row, the cumulative probabilities of the states that follow each; the last row is that of the first state. Rows end
   * with 1.
   */
  private readonly cumulative: Float64Array;
  /** The row that the next state is chosen by. */
  private row: i32;

  constructor(plan: NumberReader, streams: Stream[]) {
    super();
    this.sojourns = streams[plan.int()];
    this.choices = streams[plan.int()];
    const states = plan.int();
    this.states = states;
    this.parameters = plan.numbers(2 * states);
    this.cumulative = plan.numbers((states + 1) * states);
    this.row = states;
  }

  override reset(): void {
    super.reset();
    this.row = this.states;
  }

  change(): void {
    const choice = this.choices.next();
    const start = this.row * this.states;
    let state: i32 = 0;
    while (choice >= this.cumulative[start + state]) state++;
    this.row = state;
    this.value_per_s = this.parameters[2 * state];
    this.end_s += this.sojourns.next() * this.parameters[2 * state + 1];
  }
}

import type { NumberReader } from "../../platform/number-reader.js";
import type { Stream } from "../stream.js";
import { Rate } from "./rate.js";

/** A rate in proportion to a number of users that is drawn anew for every window. */
export class UsersRate extends Rate {
  private readonly users: Stream;
  private readonly requests_per_user_per_s: number;
  private readonly window_s: number;

  constructor(plan: NumberReader, streams: Stream[]) {
    super();
    this.users = streams[plan.int()];
    this.requests_per_user_per_s = plan.number();
    this.window_s = plan.number();
  }

  change(): void {
    this.end_s += this.window_s;
    this.value_per_s = this.users.next() * this.requests_per_user_per_s;
  }
}

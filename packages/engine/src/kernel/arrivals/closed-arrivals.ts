import { Arrivals } from "./arrivals.js";

/** A number of users, all of them there from the beginning. */
export class ClosedArrivals extends Arrivals {
  private readonly users: i32;
  private left: i32;

  constructor(users: i32) {
    super();
    this.users = users;
    this.left = users;
  }

  reset(): void {
    this.left = this.users;
  }

  next(now: number): number {
    this.left--;
    return this.left >= 0 ? now : Infinity;
  }
}

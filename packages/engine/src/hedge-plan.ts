/**
 * A call that is not answered in time is sent once more, and the first good answer counts (Dean and Barroso 2013, "The tail at scale"). All
 * that is sent so is one attempt: its time limit counts from the first, its breaker and its bulkhead let it in once, and it has failed when
 * all that was sent has.
 */
export interface HedgePlan {
  /** > 0, Infinity for never [s]: after this time without an answer another one goes out, and so on. */
  readonly after_s: number;
  /** >= 1: at most so many besides the first. */
  readonly most: number;
  /** Whether the others end at once, wherever they are, when one is answered; otherwise they go on and nobody waits for them. */
  readonly cancels: boolean;
}

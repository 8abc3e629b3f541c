/**
 * How many attempts over an edge there may be at once (Nygard 2007, section 5.3). Calls over an edge with equal settings share one. A place is
 * held from before an attempt is sent until it is over for the caller.
 */
export interface BulkheadPlan {
  /** Places, >= 1. */
  readonly limit: number;
  /** Attempts that wait for a place in turn, >= 0, Infinity for no limit; who finds as many is turned away, as rejected. */
  readonly queue: number;
  /** Who has waited this long for a place fails, as timed out, > 0; Infinity for a wait without a limit [s]. */
  readonly max_wait_s: number;
}

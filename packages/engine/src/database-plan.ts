import type { Distribution } from "./random/distribution.js";

/** Rows of a server that its callers lock: one transaction at a time holds a row, the others wait in turn. */
export interface TablePlan {
  /** Unique within its server. */
  readonly name: string;
  /** Number of rows, >= 1. */
  readonly rows: number;
}

/** The row that a call reads where it arrives, without locking it. At a replica, it may be stale. */
export interface RowReadPlan {
  /** A table of the called server, or of the one that it is a replica of. */
  readonly table: string;
  /** The whole part of each draw is a row, brought into range [0, rows - 1]. */
  readonly draws: Distribution;
}

/**
 * A server that has the rows of another one, and the locks on them. What a transaction has locked is written when that ends well, and is
 * seen here a time later, drawn for each transaction; never before what was written earlier.
 */
export interface ReplicaPlan {
  readonly primary: string;
  readonly lag_s: Distribution;
}

/**
 * The row that a call locks where it arrives, before anything else is done there. The transaction around the call holds it until it ends; a
 * call without one holds it until it leaves the server. Who holds a row already has it at once. A call whose wait would close a circle of
 * transactions that wait for each other fails at once.
 */
export interface RowLockPlan {
  /** A table of the called server. */
  readonly table: string;
  /** The whole part of each draw is a row, brought into range [0, rows - 1]. */
  readonly draws: Distribution;
  /** Who has waited this long for the row fails, as timed out [s]; drawn for each wait, left out for a wait without a limit. */
  readonly timeout_s?: Distribution;
}

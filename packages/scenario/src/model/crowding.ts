/**
 * How requests get in each other's way (Gunther's universal scalability law): while n are at work, a step takes 1 + contention_ratio (n - 1) +
 * coherency_ratio n (n - 1) times as long. At least one of the two is given.
 */
export interface Crowding {
  /** Default 0. */
  readonly contention_ratio?: number;
  /** Default 0. */
  readonly coherency_ratio?: number;
}

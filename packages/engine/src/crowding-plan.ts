/**
 * How requests at a server get in each other's way, as in the universal scalability law (Gunther 1993): while n requests are at work there, a CPU or I/O
 * step takes 1 + contention_ratio (n - 1) + coherency_ratio n (n - 1) times as long as it is drawn, by the n when it asks for a core or begins to wait.
 */
export interface CrowdingPlan {
  /** >= 0: what every other one costs, as where they take turns at something. */
  readonly contention_ratio: number;
  /** >= 0: what every pair costs, as where each has to agree with every other one. */
  readonly coherency_ratio: number;
}

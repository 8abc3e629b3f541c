import type { UnitPoint } from "../design/design-options.js";

/**
 * One evaluation of a simulator: where, and with which random numbers. The replication is the seed as a factor: runs
 * with the same replication share their luck, runs with different ones have independent luck (Marrel, Iooss, Da Veiga
 * and Ribatet 2012, "Global sensitivity analysis of stochastic computer models with joint metamodels").
 */
export interface DesignRun {
  /** One coordinate in [0, 1] for each parameter; several runs can share the array. */
  readonly point: UnitPoint;
  /** From 0. A simulator without chance may ignore it. */
  readonly replication: number;
}

/** A quantity that a run measures: one column in the results. */
export interface Metric {
  /** `<quantity>_<unit>_<statistic>`, or `<component>.<metric>` for one component. */
  readonly name: string;
  /** `s`, `MB`, `1/s`, `ratio` or `1` for a count. */
  readonly unit: string;
  readonly description: string;
  /** Id of the node or edge it belongs to; absent for the system as a whole. */
  readonly component?: string;
}

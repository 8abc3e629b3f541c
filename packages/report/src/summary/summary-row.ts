import type { Estimate } from "@loadstar/stats";

/** An estimate of one metric at one point. */
export interface SummaryTableRow extends Estimate {
  readonly point_id: string;
  readonly metric: string;
}

export interface SummaryTablePoint {
  readonly point_id: string;
  readonly parameters: Readonly<Record<string, ParameterValue>>;
}

export type ParameterValue = number | string | boolean | null;

/** A row with what is needed to show it. */
export interface ShownRow {
  readonly point: SummaryTablePoint;
  readonly row: SummaryTableRow;
  /** Unit of the estimate. */
  readonly unit: string;
}

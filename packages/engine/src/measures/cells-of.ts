import type { Plan } from "../plan.js";
import { cellCount, cellEnd } from "../record/cells.js";

/** Number of cells of the time series of a plan; 0 for none. The last cell may be shorter than the others. */
export function cellsOf(plan: Plan): number {
  return cellCount(plan.horizon_s, plan.series_cell_s);
}

/** End of a cell [s]. */
export function cellEnd_s(plan: Plan, cell: number): number {
  return cellEnd(cell, cellsOf(plan), plan.horizon_s, plan.series_cell_s);
}

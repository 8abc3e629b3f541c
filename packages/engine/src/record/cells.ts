import type { Plan } from "../plan.js";

/** Number of cells of the time series of a plan; 0 for none. The last cell may be shorter than the others. */
export function cellsOf(plan: Plan): number {
  if (plan.series_cell_s <= 0) return 0;
  return Math.max(1, Math.ceil(plan.horizon_s / plan.series_cell_s - 1e-9));
}

/** End of a cell [s]. */
export function cellEnd_s(plan: Plan, cell: number): number {
  return cell >= cellsOf(plan) - 1 ? plan.horizon_s : (cell + 1) * plan.series_cell_s;
}

/** Number of cells of a time series; 0 for none. The last cell may be shorter than the others. */
export function cellCount(horizon_s: number, series_cell_s: number): i32 {
  if (series_cell_s <= 0) return 0;
  return Math.max(1, Math.ceil(horizon_s / series_cell_s - 1e-9)) as i32;
}

/** End of a cell [s]. */
export function cellEnd(cell: i32, cells: i32, horizon_s: number, series_cell_s: number): number {
  return cell >= cells - 1 ? horizon_s : ((cell + 1) as number) * series_cell_s;
}

import { DEFAULTS } from "../model/defaults.js";
import { valueAt, type DataPath } from "../path/data-path.js";

/** The list at a path, or undefined when there is none. */
export function listAt(data: unknown, path: DataPath): readonly unknown[] | undefined {
  const value = valueAt(data, path);
  return Array.isArray(value) ? value : undefined;
}

/** The text at a path, or undefined when there is none. */
export function textAt(data: unknown, path: DataPath): string | undefined {
  const value = valueAt(data, path);
  return typeof value === "string" && value !== "" ? value : undefined;
}

/** The finite number at a path, or undefined when there is none. */
export function numberAt(data: unknown, path: DataPath): number | undefined {
  const value = valueAt(data, path);
  return typeof value === "number" && Number.isFinite(value) ? value : undefined;
}

/** The length of the run [s], or undefined when it is none. */
export function horizonOf(data: unknown): number | undefined {
  const path = ["sim_settings", "total_simulation_time"];
  const horizon_s = valueAt(data, path) === undefined ? DEFAULTS.total_simulation_time : numberAt(data, path);
  return horizon_s !== undefined && horizon_s > 0 ? horizon_s : undefined;
}

import { DEFAULTS } from "../model/defaults.js";
import type { Finding } from "../finding.js";
import { valueAt } from "../path/data-path.js";
import { numberAt } from "./tolerant-values.js";

/** User windows of one run: each is a draw, even one in which nobody sends. */
const MOST_WINDOWS = 10_000_000;

/** Something must be left to count after the warm-up, and the user windows must come to an end. */
export function checkSettings(data: unknown): readonly Finding[] {
  const horizonPath = ["sim_settings", "total_simulation_time"];
  const horizon_s =
    valueAt(data, horizonPath) === undefined ? DEFAULTS.total_simulation_time : numberAt(data, horizonPath);
  if (horizon_s === undefined || horizon_s <= 0) return [];
  return [...checkWarmUp(data, horizon_s), ...checkWindows(data, horizon_s)];
}

function checkWarmUp(data: unknown, horizon_s: number): readonly Finding[] {
  const path = ["sim_settings", "warm_up_s"];
  const warmUp_s = numberAt(data, path);
  if (warmUp_s === undefined || warmUp_s < horizon_s) return [];
  const message = `must be < total_simulation_time (${horizon_s}): current value is ${warmUp_s}`;
  return [{ path, at: "value", message }];
}

function checkWindows(data: unknown, horizon_s: number): readonly Finding[] {
  const path = ["rqs_input", "user_sampling_window"];
  const window_s = valueAt(data, path) === undefined ? DEFAULTS.user_sampling_window : numberAt(data, path);
  if (window_s === undefined || window_s <= 0 || horizon_s / window_s <= MOST_WINDOWS) return [];
  const rule = `must be long enough for at most ${MOST_WINDOWS} windows in total_simulation_time (${horizon_s})`;
  return [{ path, at: "value", message: `${rule}: current value is ${window_s}` }];
}

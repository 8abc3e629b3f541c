import { DEFAULTS } from "../model/defaults.js";
import type { Finding } from "../finding.js";
import { valueAt } from "../path/data-path.js";
import { numberAt } from "./tolerant-topology.js";

/** Something must be left to count after the warm-up. */
export function checkSettings(data: unknown): readonly Finding[] {
  const horizonPath = ["sim_settings", "total_simulation_time"];
  const warmUpPath = ["sim_settings", "warm_up_s"];
  const horizon_s =
    valueAt(data, horizonPath) === undefined ? DEFAULTS.total_simulation_time : numberAt(data, horizonPath);
  const warmUp_s = numberAt(data, warmUpPath);
  if (horizon_s === undefined || warmUp_s === undefined || warmUp_s < horizon_s || horizon_s <= 0) return [];
  const message = `must be < total_simulation_time (${horizon_s}): current value is ${warmUp_s}`;
  return [{ path: warmUpPath, at: "value", message }];
}

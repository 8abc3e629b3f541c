import type { Finding } from "../finding.js";
import { horizonOf, numberAt } from "./tolerant-values.js";

/** Something must be left to count after the warm-up. */
export function checkSettings(data: unknown): readonly Finding[] {
  const horizon_s = horizonOf(data);
  if (horizon_s === undefined) return [];
  const path = ["sim_settings", "warm_up_s"];
  const warmUp_s = numberAt(data, path);
  if (warmUp_s === undefined || warmUp_s < horizon_s) return [];
  const message = `must be < total_simulation_time (${horizon_s}): current value is ${warmUp_s}`;
  return [{ path, at: "value", message }];
}

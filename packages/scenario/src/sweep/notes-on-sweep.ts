import type { Finding } from "../finding.js";
import { SWEEP_DEFAULTS } from "../model/sweep-defaults.js";
import type { Sweep } from "../model/sweep.js";

/** What is allowed in a sweep and worth knowing. */
export function notesOnSweep(sweep: Sweep): readonly Finding[] {
  const replications = sweep.replications ?? SWEEP_DEFAULTS.replications;
  const single: readonly Finding[] =
    replications !== 1
      ? []
      : [{ path: ["replications"], at: "value", message: "one replication gives no interval: give at least 2" }];
  const parameters = Object.entries(sweep.parameters ?? {});
  const design = sweep.design;
  const idle: readonly Finding[] =
    (design !== "grid" && design !== "zip") || parameters.length > 1
      ? []
      : [{ path: ["design"], at: "key", message: `design has no effect with ${parameters.length} parameters` }];
  return [...single, ...idle];
}

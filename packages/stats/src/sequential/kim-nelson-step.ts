import { requirePositive } from "../require-positive.js";
import type { Sample } from "../sample.js";
import { kimNelsonConstants } from "./kim-nelson-constants.js";
import { FIRST_LOOK } from "./next-look.js";
import { SelectionRace } from "./selection-race.js";

export interface SelectionOptions {
  /** The smallest difference of means that matters, in the unit of the samples, > 0. */
  readonly indifference: number;
  /** That the best is selected if it is better than every other one by the indifference, range (1 / systems, 1). */
  readonly confidence: number;
  /** Replications of the first stage, from which variances are estimated, an integer >= 2. Default 30. */
  readonly n0?: number;
  readonly better: "larger" | "smaller";
}

/** How far a selection has come. */
export interface Selection {
  /** The selected system; undefined while there are several, and if all have failed. */
  readonly best_index: number | undefined;
  /** Systems that still may be the best, in their order; only the best once it is selected. */
  readonly survivors: readonly number[];
  /** For each system, the number of replications after which it was eliminated; NaN for survivors. */
  readonly eliminated_at: Float64Array;
  /** Replications of each survivor that were taken into account. */
  readonly n: number;
  /** Replications of each survivor that the next step should have; `n` when there is nothing more to do. */
  readonly n_next: number;
  /** `failed_replications`, `zero_variance`; may be empty. */
  readonly flags: readonly string[];
}

/**
 * Selects the system with the best mean from replications of all of them: KN, the fully sequential procedure of Kim and Nelson
 * 2001 (section 3, c = 1). The j-th values are the same replication: common random numbers make differences vary less, and the
 * selection end sooner. After each replication from the first stage on, a system is eliminated whose sum is behind
 * another survivor's by more than (h^2 S^2 / d - d r) / 2, at least 0, where S^2 is the variance of their differences in the
 * first stage, d the indifference and r the number of replications.
 *
 * The guarantee is for normal values: the best is selected with probability `confidence` if it is better than every other one
 * by d or more. Skewed values fall short of it: 92 % instead of 95 % for a lognormal with sigma 1 (`SEQUENTIAL.md`). Of
 * systems that lie closer together, any may be selected.
 *
 * A pure function of the values: call it again with longer samples, of the survivors at least, and it gives what it would have
 * given with all of them at once. Values beyond the decision are not looked at. A system with a NaN or infinite value is eliminated there,
 * for it could have been arbitrarily bad (`failed_replications`). Two systems
 * whose difference does not vary do not eliminate each other: their first stage goes on until it does (`zero_variance`). Thirty runs
 * without a timeout do not make two systems equal.
 *
 * @throws RangeError unless there are two systems or more, `n0` is an integer >= 2, 1 / systems < confidence < 1 and
 * `indifference` is positive and finite.
 */
export function kimNelsonStep(
  samples: readonly Sample[],
  { indifference, confidence, n0 = FIRST_LOOK, better }: SelectionOptions,
): Selection {
  const { h2 } = kimNelsonConstants({ systems: samples.length, n0, confidence });
  requirePositive({ action: "select the best", name: "indifference", value: indifference });
  const race = new SelectionRace(samples, { indifference, h2, sign: better === "larger" ? 1 : -1 });
  return race.run(n0);
}

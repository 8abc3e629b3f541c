import type { Plan } from "@loadstar/engine";
import { cellEnd_s } from "@loadstar/engine/runs";
import { mser5 } from "@loadstar/stats";
import type { SummaryRow } from "@loadstar/store";

/** The name under which it stands in the summary when the system has settled. */
export const SETTLED_AFTER = "settled_after_s";

/** Series whose path is asked, the first that is kept. */
const ASKED = ["latency_s_mean", "throughput_per_s"];

/**
 * When the mean path of a run has forgotten that the system began empty (MSER-5 on the average path: White 1997), to be held
 * against the warm-up that statistics leave out. Undefined where nothing can be told: a plan with disruptions has
 * no steady state, and a path needs fifty cells.
 */
export function settledAfter(
  plan: Plan,
  {
    point_id,
    paths,
    n,
    confidence,
  }: {
    readonly point_id: string;
    /** Mean paths, by metric. */
    readonly paths: ReadonlyMap<string, Float64Array>;
    /** Replications that they are the mean of. */
    readonly n: number;
    readonly confidence: number;
  },
): SummaryRow | undefined {
  const metric = ASKED.find((name) => paths.has(name));
  if (metric === undefined || plan.disruptions.length > 0) return undefined;
  const { cut, flags } = mser5(paths.get(metric)!);
  if (Number.isNaN(cut)) return undefined;
  const estimate = cut === 0 ? 0 : cellEnd_s(plan, cut - 1);
  const unknown = { std_error: Number.NaN, ci_low: Number.NaN, ci_high: Number.NaN };
  const late = estimate > plan.warm_up_s ? ["after_warm_up"] : [];
  return {
    point_id,
    metric: SETTLED_AFTER,
    estimand: `settling_of_${metric}`,
    estimate,
    ...unknown,
    confidence,
    method: "mser_5",
    n,
    n_failed: 0,
    flags: [...late, ...flags],
  };
}

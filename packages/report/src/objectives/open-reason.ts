import type { ObjectiveVerdict } from "@loadstar/stats";

/** Why no number of further replications is known to decide an open objective; undefined where one is. */
export function openReason({
  n,
  n_failed,
  n_needed,
  flags,
}: Pick<ObjectiveVerdict, "n" | "n_failed" | "n_needed" | "flags">): string | undefined {
  if (n === 0) return "no run has a value of the metric";
  if (!Number.isNaN(n_needed)) return undefined;
  if (flags.includes("zero_variance")) return "the same in every run: ask for a probability";
  return n_failed > 0 ? "what is absent could have been anything" : "on the limit: more replications may not tell";
}

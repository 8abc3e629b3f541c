import { EXIT } from "./exit-code.js";

/** How many replications failed, and how many objectives have which verdict. */
export interface EndCounts {
  readonly outcomes: { readonly failed: number };
  readonly verdicts: { readonly fail: number; readonly inconclusive: number };
}

/** What an inconclusive objective makes of the exit code. */
export const INCONCLUSIVE = ["tell", "pass", "fail"] as const;
export type InconclusiveRule = (typeof INCONCLUSIVE)[number];

/** Failed replications weigh most, then what is proven broken, then what is not proven. */
export function exitCodeOf(
  { outcomes, verdicts }: EndCounts,
  inconclusive: InconclusiveRule,
  failures: number,
): 0 | 10 | 11 | 12 {
  if (outcomes.failed > failures) return EXIT.failureBudget;
  if (verdicts.fail > 0) return EXIT.objectiveBroken;
  if (verdicts.inconclusive === 0 || inconclusive === "pass") return EXIT.ok;
  return inconclusive === "fail" ? EXIT.objectiveBroken : EXIT.inconclusive;
}

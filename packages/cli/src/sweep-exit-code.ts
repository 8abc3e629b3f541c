import { EXIT } from "./exit-code.js";
import type { FinishedEvent } from "./watch-study.js";

/** What an inconclusive objective makes of the exit code. */
export const INCONCLUSIVE = ["tell", "pass", "fail"] as const;
export type InconclusiveRule = (typeof INCONCLUSIVE)[number];

/** Failed replications weigh most, then what is proven broken, then what is not proven. */
export function exitCodeOf(
  { outcomes, verdicts }: FinishedEvent,
  inconclusive: InconclusiveRule,
  failures: number,
): number {
  if (outcomes.failed > failures) return EXIT.failureBudget;
  if (verdicts.fail > 0) return EXIT.objectiveBroken;
  if (verdicts.inconclusive === 0 || inconclusive === "pass") return EXIT.ok;
  return inconclusive === "fail" ? EXIT.objectiveBroken : EXIT.inconclusive;
}

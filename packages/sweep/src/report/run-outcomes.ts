import type { Outcome, Results } from "@loadstar/store";

/** What became of the runs. */
export interface RunOutcomes {
  readonly outcomes: Readonly<Record<Outcome, number>>;
  /** Why runs have no metrics, without the times, most frequent first. */
  readonly reasons: readonly { readonly reason: string; readonly runs: number }[];
}

/** More reasons than these are not told apart. */
const MOST_REASONS = 20;

/** Counts the outcomes of all runs, and their reasons. */
export async function runOutcomes(results: Results): Promise<RunOutcomes> {
  const outcomes = { completed: 0, truncated: 0, failed: 0 };
  const reasons = new Map<string, number>();
  for await (const batch of results.readRuns({ metrics: [] })) {
    for (const [row, outcome] of batch.outcomes.entries()) {
      outcomes[outcome]++;
      if (outcome === "completed") continue;
      const reason = `${outcome}: ${withoutTimes(batch.reasons[row]!)}`;
      reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
    }
  }
  const sorted = [...reasons].map(([reason, runs]) => ({ reason, runs })).toSorted((a, b) => b.runs - a.runs);
  return { outcomes, reasons: sorted.slice(0, MOST_REASONS) };
}

/** Every run is cut at another time; what it was cut for is the same. */
function withoutTimes(reason: string): string {
  return reason.replaceAll(/\d+\.\d+(?:e[+-]?\d+)?/g, "…");
}

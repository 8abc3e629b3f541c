import type { ObjectiveRow, SummaryRow } from "@loadstar/store";

/** How many replications ended how. */
export interface OutcomeCounts {
  readonly completed: number;
  readonly truncated: number;
  readonly failed: number;
}

/** How many objectives have which verdict, over all points. */
export interface VerdictCounts {
  readonly pass: number;
  readonly fail: number;
  readonly inconclusive: number;
}

/** What a running study tells, in this order: started, then progress and point_completed, then finished. */
export type StudyEvent =
  | {
      readonly kind: "started";
      readonly points: number;
      /** Points x replications. */
      readonly runs: number;
      readonly threads: number;
      /** Where the results will be. */
      readonly directory: string;
    }
  | { readonly kind: "progress"; readonly runs_done: number; readonly runs: number; readonly outcomes: OutcomeCounts }
  | {
      readonly kind: "point_completed";
      readonly point_id: string;
      readonly summary: readonly SummaryRow[];
      readonly objectives: readonly ObjectiveRow[];
    }
  | {
      readonly kind: "finished";
      readonly directory: string;
      readonly outcomes: OutcomeCounts;
      readonly verdicts: VerdictCounts;
      /** Reason of the first replication that failed; undefined when none did. */
      readonly first_failure: string | undefined;
      readonly events: number;
      readonly wall_s: number;
    };

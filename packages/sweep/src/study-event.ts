import type { ObjectiveRow, SummaryRow } from "@loadstar/store";
import type { DamageNote } from "./chunks/chunk-keeper.js";
import type { Shard } from "./durable/shard.js";
import type { PointLook, Unmet } from "./look-at-point.js";

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

/** A target or an objective that the most replications were not enough for, and what they would take. */
export interface Shortfall extends Unmet {
  readonly point_id: string;
  readonly replications: number;
  /** Computing time of the further replications on one thread, as far as these tell [s]; NaN where no number can be named. */
  readonly needed_s: number;
}

/** What a running study tells, in this order: waiting, if it has to, started, then progress, point_looked and point_completed, then finished. */
export type StudyEvent =
  /** For somebody on another machine who may be dead and is taken for dead after so long. */
  | { readonly kind: "waiting"; readonly holder: string; readonly at_most_s: number }
  | {
      readonly kind: "started";
      readonly points: number;
      /** Points x replications; those before the first look where their number is not fixed. */
      readonly runs: number;
      readonly threads: number;
      /** Where the results will be. */
      readonly directory: string;
    }
  /** `runs` is what is planned so far: looks at points may change it. */
  | { readonly kind: "progress"; readonly runs_done: number; readonly runs: number; readonly outcomes: OutcomeCounts }
  /** A point whose number of replications is not fixed has been looked at. */
  | ({ readonly kind: "point_looked" } & PointLook)
  | {
      readonly kind: "point_completed";
      readonly point_id: string;
      readonly replications: number;
      readonly summary: readonly SummaryRow[];
      readonly objectives: readonly ObjectiveRow[];
    }
  /** A chunk on the disk was of no use and is run again. */
  | ({ readonly kind: "chunk_damaged" } & DamageNote)
  /** The last event of a study that was interrupted: what is on the disk can be resumed. */
  | {
      readonly kind: "interrupted";
      readonly directory: string;
      readonly runs_done: number;
      readonly runs: number;
      readonly outcomes: OutcomeCounts;
      /** Estimates from what there is: of each point, an unbroken beginning of its replications. */
      readonly summary: readonly SummaryRow[];
      readonly wall_s: number;
    }
  /** The last event of one share of a study: its chunks are on the disk, to be merged with those of the others. */
  | {
      readonly kind: "shard_finished";
      readonly shard: Shard;
      readonly directory: string;
      readonly runs_done: number;
      readonly runs: number;
      readonly outcomes: OutcomeCounts;
      readonly timed_out: number;
      readonly wall_s: number;
    }
  | {
      readonly kind: "finished";
      readonly directory: string;
      readonly outcomes: OutcomeCounts;
      /** Of the truncated replications those that took too long: a resume tries them again. */
      readonly timed_out: number;
      readonly verdicts: VerdictCounts;
      /** What is not known as well as the study asked. */
      readonly shortfalls: readonly Shortfall[];
      /** Reason of the first replication that failed; undefined when none did. */
      readonly first_failure: string | undefined;
      /** Replications that were on the disk already. */
      readonly replications_read: number;
      /** Runs that would have been made but for the deadline; absent when it did not matter. */
      readonly runs_planned?: number;
      readonly events: number;
      readonly wall_s: number;
    };

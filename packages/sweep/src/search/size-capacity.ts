import { capacityStep, type CapacityProbe, type ObjectiveVerdict, type Verdict } from "@loadstar/stats";
import { RunPool } from "../run-pool.js";
import { judgeRuns, type Judgement } from "./judge-runs.js";
import type { CapacityStudy } from "./load-capacity.js";
import { PointRuns } from "./point-runs.js";

export interface SizeCapacityOptions {
  /** Whether the largest value is wanted that meets the objectives, or the smallest; by default what the ends of the range say. */
  readonly want?: "largest" | "smallest" | undefined;
  /** Most replications of one candidate in the search, and of each proof, >= 1. */
  readonly max_replications: number;
  /** Worker threads, >= 1. */
  readonly threads: number;
  /** Stops the search. */
  readonly signal?: AbortSignal;
}

/** One candidate that was judged. */
export interface CapacityTrial {
  readonly value: number;
  /** Whether it rests on replications that nothing else has seen. */
  readonly fresh: boolean;
  readonly verdict: Verdict;
  readonly replications: number;
  /** Replications that did not complete, or without a value for one of the objectives. */
  readonly n_failed: number;
  /** Why the first replication did not complete that did not. */
  readonly first_reason: string | undefined;
  readonly objectives: readonly TrialObjective[];
}

/** The verdict on one objective at one candidate. */
export interface TrialObjective extends ObjectiveVerdict {
  /** In words. */
  readonly objective: string;
  readonly metric: string;
  /** `mean`, `quantile_0.95`, `probability_0.95`. */
  readonly estimand: string;
}

export type CapacityAnswer =
  /** The value is proven; `open_value` is the next one beyond it that is known not to be, undefined if there is none. */
  | {
      readonly kind: "found";
      readonly want: "largest" | "smallest";
      readonly value: number;
      readonly open_value: number | undefined;
    }
  /** No value is proven: the objectives are broken everywhere in the range, or it stays open whether they are. */
  | { readonly kind: "none"; readonly verdict: "fail" | "inconclusive" }
  /** They are met at both ends, so that the range does not say which end is wanted. */
  | { readonly kind: "both_ends" };

/** What a running search tells: started, then progress and judged, then finished. */
export type CapacityEvent =
  | { readonly kind: "started"; readonly candidates: number; readonly threads: number }
  | { readonly kind: "progress"; readonly value: number; readonly fresh: boolean; readonly replications: number }
  | { readonly kind: "judged"; readonly trial: CapacityTrial }
  | { readonly kind: "finished"; readonly answer: CapacityAnswer; readonly runs: number };

/**
 * Searches the largest or smallest value of a range that meets all objectives, which must hold on one side of some value and not
 * on the other. All candidates share their random numbers; the winner is proven on fresh replications, so that a false answer has at
 * most the probability that the objectives allow (`capacityStep`). Replications that do not complete count at their worst.
 * The answer does not depend on the number of threads.
 *
 * @throws the reason of `signal` when it is aborted
 */
export async function* sizeCapacity(study: CapacityStudy, options: SizeCapacityOptions): AsyncGenerator<CapacityEvent> {
  const { values, tolerance } = study;
  const last = values.length - 1;
  const pool = new RunPool({ ...options, replication_timeout_s: study.base.replication_timeout_s });
  try {
    const trials = new Trials(study, pool, options.max_replications);
    yield { kind: "started", candidates: values.length, threads: options.threads };
    const want = options.want ?? (yield* trials.wantedEnd());
    if (want === "both_ends") return yield { kind: "finished", answer: { kind: want }, runs: trials.runs };
    const indexOf = (place: number): number => (want === "largest" ? place : last - place);
    for (;;) {
      const probes = trials.probes.map((probe) => ({ ...probe, index: indexOf(probe.index) }));
      const step = capacityStep(probes, { last, tolerance });
      if (step.kind === "found") {
        const { index, open_index } = step;
        const open_value = open_index === undefined ? undefined : values[indexOf(open_index)];
        const answer = { kind: "found", want, value: values[indexOf(index)]!, open_value } as const;
        return yield { kind: "finished", answer, runs: trials.runs };
      }
      if (step.kind === "none") return yield { kind: "finished", answer: step, runs: trials.runs };
      yield* trials.judge(indexOf(step.index), step.kind === "prove" ? step.error_share : undefined);
    }
  } finally {
    await pool.close();
  }
}

/** The candidates that were judged, by their position among the values. */
class Trials {
  readonly probes: CapacityProbe[] = [];
  runs = 0;
  readonly #study: CapacityStudy;
  readonly #pool: RunPool;
  readonly #most: number;

  constructor(study: CapacityStudy, pool: RunPool, most: number) {
    this.#study = study;
    this.#pool = pool;
    this.#most = most;
  }

  /** The end from which the objectives are met. Where neither is, either search ends at once. */
  async *wantedEnd(): AsyncGenerator<CapacityEvent, "largest" | "smallest" | "both_ends"> {
    const low = yield* this.judge(0, undefined);
    const high = yield* this.judge(this.#study.values.length - 1, undefined);
    if (low === "pass" && high === "pass") return "both_ends";
    return high === "pass" || (low === "fail" && high === "inconclusive") ? "smallest" : "largest";
  }

  /** Judges a candidate, on fresh replications if it has a share of the error to itself. */
  async *judge(index: number, error_share: number | undefined): AsyncGenerator<CapacityEvent, Verdict> {
    const value = this.#study.values[index]!;
    const fresh = error_share !== undefined;
    const runs = this.#runsAt(value, fresh);
    const { objectives } = this.#study.base;
    const judging = judgeRuns(runs, {
      objectives,
      error_share: error_share ?? SEARCH_ERROR_SHARE,
      max_replications: this.#most,
    });
    let found: IteratorResult<number, Judgement>;
    while (!(found = await judging.next()).done) {
      yield { kind: "progress", value, fresh, replications: found.value };
    }
    const { verdict } = found.value;
    this.runs += runs.replications;
    this.probes.push({ index, verdict, fresh });
    const judged = found.value.objectives.map((one, k) => {
      const { objective, metric, estimand, level } = objectives[k]!;
      return {
        objective,
        metric: metric.name,
        estimand: level === undefined ? estimand : `${estimand}_${level}`,
        ...one,
      };
    });
    const { replications, first_reason } = runs;
    const n_failed = Math.max(...judged.map((one) => one.n_failed));
    const trial = { value, fresh, verdict, replications, n_failed, first_reason, objectives: judged };
    yield { kind: "judged", trial };
    return verdict;
  }

  /** The search has the first replications, each proof the next ones that nobody has seen. */
  #runsAt(value: number, fresh: boolean): PointRuns {
    const { points, seed, objectives } = this.#study.at(value);
    const proofs = this.probes.filter((probe) => probe.fresh).length;
    return new PointRuns(this.#pool, {
      plan_key: `value=${value}`,
      plan: points[0]!.plan,
      seed,
      first_replication: fresh ? this.#most * (proofs + 1) : 0,
      metrics: [...new Set(objectives.map(({ metric }) => metric.name))],
    });
  }
}

/** The search is as strict as its first proof, so that a winner is likely to be proven. */
const SEARCH_ERROR_SHARE = 0.5;

import { nextLook } from "@loadstar/stats";
import { RunPool } from "../run-pool.js";
import { collapseEstimate, type CollapseEstimate } from "./collapse-estimate.js";
import type { TippingStudy } from "./load-tipping.js";
import { mostTippingProbes, tippingStep, type TippingBorder, type TippingProbe } from "./tipping.js";
import { TippingRuns } from "./tipping-runs.js";

export interface FindTippingOptions {
  /** That all verdicts, and the borders made of them, are right together, range (0, 1). */
  readonly confidence: number;
  /** Most replications of one load, with the trigger and without, >= 1. */
  readonly max_replications: number;
  /** Worker threads, >= 1. */
  readonly threads: number;
  /** Stops the search. */
  readonly signal?: AbortSignal;
}

/** How long recovery takes after the trigger [s]: Infinity where runs had not recovered when they ended. */
export interface RecoveryTimes {
  readonly p50_s: number;
  readonly p95_s: number;
  /** Of each run that completed, in ascending order. */
  readonly times_s: readonly number[];
  /** Runs that had not. */
  readonly n_censored: number;
}

/** One load that was judged. */
export interface TippingTrial {
  readonly value: number;
  readonly replications: number;
  readonly with_trigger: CollapseEstimate;
  readonly without_trigger: CollapseEstimate;
  readonly recovery: RecoveryTimes;
  /** Why the first replication did not complete that did not. */
  readonly first_reason: string | undefined;
}

/** Between which loads more than half of the runs begin to collapse; undefined where no load of the range is proven to lie there. */
export interface ValueBorder {
  readonly recovers: number | undefined;
  readonly collapses: number | undefined;
}

/** What a running search tells: started, then progress and judged, then finished. */
export type TippingEvent =
  | { readonly kind: "started"; readonly candidates: number; readonly threads: number }
  | { readonly kind: "progress"; readonly value: number; readonly replications: number }
  | { readonly kind: "judged"; readonly trial: TippingTrial }
  | {
      readonly kind: "finished";
      readonly with_trigger: ValueBorder;
      readonly without_trigger: ValueBorder;
      readonly runs: number;
    };

/** Replications at the first look: as many as can prove something if all agree. */
const FIRST_LOOK = 10;

/**
 * Searches the loads above which more than half of the runs stay collapsed after a trigger, and without one. Each load has replications that
 * no other has seen, the same with the trigger and without; they are added until both verdicts are proven (`anytimeProbabilityInterval`). Their
 * errors add up to 1 - confidence at most (Bonferroni over `mostTippingProbes`). Replications that do not complete count
 * against either proof. The answer does not depend on the number of threads.
 *
 * @throws the reason of `signal` when it is aborted
 */
export async function* findTipping(study: TippingStudy, options: FindTippingOptions): AsyncGenerator<TippingEvent> {
  const { values, tolerance, base } = study.range;
  const bounds = { last: values.length - 1, tolerance };
  const confidence = 1 - (1 - options.confidence) / (2 * mostTippingProbes(bounds));
  const pool = new RunPool({ ...options, replication_timeout_s: base.replication_timeout_s });
  const probes: TippingProbe[] = [];
  let runs = 0;
  try {
    yield { kind: "started", candidates: values.length, threads: options.threads };
    for (;;) {
      const step = tippingStep(probes, bounds);
      if (step.kind === "found") {
        const borderOf = ({ recovers_index, collapses_index }: TippingBorder): ValueBorder => ({
          recovers: recovers_index === undefined ? undefined : values[recovers_index],
          collapses: collapses_index === undefined ? undefined : values[collapses_index],
        });
        const { with_trigger, without_trigger } = step;
        yield {
          kind: "finished",
          with_trigger: borderOf(with_trigger),
          without_trigger: borderOf(without_trigger),
          runs,
        };
        return;
      }
      const value = values[step.index]!;
      const first_replication = probes.length * options.max_replications;
      const trial = yield* judge(study, { value, first_replication, confidence, pool, max: options.max_replications });
      runs += 2 * trial.replications;
      probes.push({
        index: step.index,
        with_trigger: trial.with_trigger.verdict,
        without_trigger: trial.without_trigger.verdict,
      });
      yield { kind: "judged", trial };
    }
  } finally {
    await pool.close();
  }
}

interface JudgeOptions {
  readonly value: number;
  readonly first_replication: number;
  /** Of each of the two verdicts. */
  readonly confidence: number;
  readonly pool: RunPool;
  readonly max: number;
}

async function* judge(study: TippingStudy, options: JudgeOptions): AsyncGenerator<TippingEvent, TippingTrial> {
  const { value, first_replication, confidence, pool, max } = options;
  const { healthy, trigger_end_s } = study;
  const plans = study.plansAt(value);
  const common = { seed: study.range.base.seed, first_replication, trigger_end_s, healthy };
  const triggered = new TippingRuns(pool, { ...common, plan_key: `${value} with`, plan: plans.with_trigger });
  const calm = new TippingRuns(pool, { ...common, plan_key: `${value} without`, plan: plans.without_trigger });
  for (;;) {
    const n = nextLook(triggered.replications, { min: FIRST_LOOK, max });
    await Promise.all([triggered.growTo(n), calm.growTo(n)]);
    yield { kind: "progress", value, replications: n };
    const with_trigger = collapseEstimate(triggered, confidence);
    const without_trigger = collapseEstimate(calm, confidence);
    if (n < max && (with_trigger.verdict === "open" || without_trigger.verdict === "open")) continue;
    const first_reason = triggered.first_reason ?? calm.first_reason;
    return { value, replications: n, with_trigger, without_trigger, recovery: recoveryOf(triggered), first_reason };
  }
}

function recoveryOf({ recovery_s }: TippingRuns): RecoveryTimes {
  const sorted = recovery_s.toSorted((one, other) => one - other);
  const at = (share: number): number => sorted[Math.ceil(share * sorted.length) - 1] ?? Number.NaN;
  const n_censored = sorted.filter((time) => time === Infinity).length;
  return { p50_s: at(0.5), p95_s: at(0.95), times_s: sorted, n_censored };
}

import type { Metric } from "@loadstar/engine";
import type { Estimate, MorrisEffect, SobolIndex, TornadoBar } from "@loadstar/stats";
import type { OutcomeCounts } from "../study-event.js";
import type { SensitivityFactor } from "./sensitivity.js";

/** What one factor does to a metric; the seed, which is last where it is a factor, has no values. */
export type SobolFactor = SobolIndex & { readonly factor: string; readonly is_seed: boolean };
export type MorrisFactor = MorrisEffect & { readonly factor: string; readonly is_seed: boolean };
export type TornadoFactorRow = Omit<TornadoBar, "name"> & { readonly factor: SensitivityFactor };

/** What came of one metric. Without factors where a run gave no value: what is left would not be the design. */
export type SensitivityAnalysis = {
  readonly metric: Metric;
  /** Different runs that gave no finite value. */
  readonly n_missing: number;
} & (
  | {
      readonly method: "sobol";
      /** Of the outcome over all parameters and luck, from the rows A and B. */
      readonly mean: Estimate;
      readonly std: number;
      readonly factors: readonly SobolFactor[];
    }
  | { readonly method: "morris"; readonly factors: readonly MorrisFactor[] }
  | {
      readonly method: "tornado";
      /** With every parameter as the scenario has it. */
      readonly base: Estimate;
      /** Longest span first. */
      readonly factors: readonly TornadoFactorRow[];
    }
);

/** What a running analysis tells, in this order: started, then progress, then finished. */
export type SensitivityEvent =
  | {
      readonly kind: "started";
      readonly runs: number;
      readonly points: number;
      readonly threads: number;
    }
  | { readonly kind: "progress"; readonly runs_done: number; readonly runs: number; readonly outcomes: OutcomeCounts }
  | {
      readonly kind: "finished";
      /** One for each metric, in their order. */
      readonly analyses: readonly SensitivityAnalysis[];
      readonly outcomes: OutcomeCounts;
      /** Reason of the first run that failed; undefined when none did. */
      readonly first_failure: string | undefined;
      readonly events: number;
      readonly wall_s: number;
    };

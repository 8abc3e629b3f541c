import type { DifferenceEstimate, Estimate, MorrisEffect, SobolIndex } from "@loadstar/stats";

/** What the factors of a model do to one metric, by one of three methods. */
export type SensitivityTable = {
  readonly metric: { readonly name: string; readonly unit: string };
} & (SobolTable | MorrisTable | TornadoTable);

export interface SobolTable {
  readonly method: "sobol";
  /** Of the metric, over all parameters and luck. */
  readonly mean: Estimate;
  readonly std: number;
  readonly factors: readonly (SobolIndex & FactorName)[];
}

export interface MorrisTable {
  readonly method: "morris";
  readonly factors: readonly (MorrisEffect & FactorName)[];
}

export interface TornadoTable {
  readonly method: "tornado";
  /** Of the metric, with every parameter as the scenario has it. */
  readonly base: Estimate;
  /** In the order to show them in. */
  readonly factors: readonly TornadoRow[];
}

export interface FactorName {
  readonly factor: string;
  /** Whether the factor is luck and no parameter. */
  readonly is_seed: boolean;
}

export interface TornadoRow {
  readonly factor: { readonly name: string; readonly low: unknown; readonly high: unknown };
  /** Of the low value over the base, and of the high value over the base. */
  readonly low: DifferenceEstimate;
  readonly high: DifferenceEstimate;
}

export { binomialCdf } from "./binomial.js";
export type { Estimate } from "./estimate.js";
export { meanInterval } from "./mean-interval.js";
export type { MeanIntervalOptions } from "./mean-interval.js";
export { moments } from "./moments.js";
export type { Moments } from "./moments.js";
export { normalQuantile } from "./normal-quantile.js";
export { SIDES, VERDICTS } from "./objective.js";
export type { ObjectiveOptions, ObjectiveVerdict, Side, Verdict } from "./objective.js";
export { objectiveVerdict } from "./objective-verdict.js";
export { orderStatisticRanks } from "./order-statistic-ranks.js";
export type { OrderStatisticRanks, OrderStatisticRanksOptions } from "./order-statistic-ranks.js";
export { simultaneousBand } from "./simultaneous-band.js";
export type { BandCell, SimultaneousBandOptions } from "./simultaneous-band.js";
export { clopperPearsonInterval, wilsonInterval } from "./proportion-interval.js";
export type { ProportionIntervalOptions } from "./proportion-interval.js";
export { quantileInterval } from "./quantile-interval.js";
export type { QuantileIntervalOptions } from "./quantile-interval.js";
export type { Sample } from "./sample.js";
export { quantileAt, quantilePosition, sortedQuantile, type SamplePosition } from "./sorted-quantile.js";
export { sortedValues } from "./sorted-values.js";
export { incompleteBeta } from "./special/incomplete-beta.js";
export { inverseIncompleteBeta } from "./special/inverse-incomplete-beta.js";
export { logGamma } from "./special/log-gamma.js";
export { studentTCdf, studentTQuantile } from "./student-t.js";
export { wilksSampleSize } from "./wilks-sample-size.js";
export { differenceInterval, type DifferenceEstimate, type DifferenceOptions } from "./difference-interval.js";
export { holmAdjusted } from "./holm-adjusted.js";
export { anytimeInterval } from "./sequential/anytime-interval.js";
export type { AnytimeIntervalOptions, MeanMoments } from "./sequential/anytime-interval.js";
export { anytimeProbabilityInterval } from "./sequential/anytime-probability-interval.js";
export { anytimeVerdict } from "./sequential/anytime-verdict.js";
export { capacityStep } from "./sequential/capacity-step.js";
export type { CapacityOptions, CapacityProbe, CapacityStep } from "./sequential/capacity-step.js";
export { kimNelsonConstants } from "./sequential/kim-nelson-constants.js";
export type { KimNelsonConstants } from "./sequential/kim-nelson-constants.js";
export { kimNelsonStep } from "./sequential/kim-nelson-step.js";
export type { Selection, SelectionOptions } from "./sequential/kim-nelson-step.js";
export { nextLook } from "./sequential/next-look.js";
export type { LookOptions } from "./sequential/next-look.js";
export { precisionReached } from "./sequential/precision-reached.js";
export type {
  MeanPrecisionTarget,
  Precision,
  PrecisionReason,
  PrecisionTarget,
  ProbabilityPrecisionTarget,
} from "./sequential/precision-target.js";
export { sectionedQuantile, type SectionedQuantileOptions } from "./sectioned-quantile.js";
export { valueAtRisk } from "./value-at-risk.js";
export { expectedShortfall } from "./expected-shortfall.js";
export { exceedanceCurve, type ExceedanceCurve } from "./exceedance-curve.js";
export { supTCritical, type SupTCriticalOptions } from "./sup-t-critical.js";
export { mser5, type WarmUpCut } from "./mser5.js";
export { overlappingBatchMeans, type OverlappingBatchMeansOptions } from "./overlapping-batch-means.js";
export { controlVariateMean, type ControlVariateEstimate, type ControlVariateOptions } from "./control-variate-mean.js";
export { designMean } from "./design/design-mean.js";
export { MAX_SAMPLES, type DesignOptions, type UnitPoint } from "./design/design-options.js";
export { latinHypercube } from "./design/latin-hypercube.js";
export { isPowerOfTwo, sobolPoints } from "./design/sobol-points.js";
export { MAX_SOBOL_DIMENSIONS } from "./design/sobol-cells.js";
export { uniformPoints } from "./design/uniform-points.js";
export type { DesignRun } from "./sensitivity/design-run.js";
export { morrisEffects, type MorrisEffect } from "./sensitivity/morris-effects.js";
export { morrisTrajectories, type MorrisOptions, type MorrisTrajectory } from "./sensitivity/morris-trajectories.js";
export { sobolDesign, type SobolDesignOptions } from "./sensitivity/sobol-design.js";
export { sobolIndices, type SobolIndex, type SobolIndicesOptions } from "./sensitivity/sobol-indices.js";
export { tornado, type Tornado, type TornadoBar, type TornadoFactor } from "./sensitivity/tornado.js";

import { metricsOf, type Metric, type Plan } from "@loadstar/engine";
import { didYouMean, type DataPath, type Objective } from "@loadstar/scenario";
import type { StudyObjective } from "./study.js";

/** What is wrong with an objective that is right by itself. */
export interface ObjectiveFinding {
  readonly path: DataPath;
  readonly message: string;
}

/** The objectives of a study, or what is wrong with them: each must judge a metric that every run gives. */
export function studyObjectives(
  objectives: readonly Objective[],
  { plan, confidence }: { readonly plan: Plan; readonly confidence: number },
): { readonly objectives: readonly StudyObjective[]; readonly findings: readonly ObjectiveFinding[] } {
  const metrics = new Map(metricsOf(plan).map((metric) => [metric.name, metric]));
  const found: StudyObjective[] = [];
  const findings: ObjectiveFinding[] = [];
  for (const [index, objective] of objectives.entries()) {
    const metric = metrics.get(objective.metric);
    // A file's own confidence is checked with the file; the sweep's is right for intervals.
    if ((objective.confidence ?? confidence) <= 0.5) {
      const message = `confidence must be > 0.5 for objectives: current value is ${confidence}`;
      findings.push({ path: ["objectives", index, "metric"], message });
    }
    if (metric !== undefined) found.push(studyObjective(objective, metric, confidence));
    else {
      const suggestion = didYouMean(objective.metric, [...metrics.keys()]);
      const message = `there is no metric ${JSON.stringify(objective.metric)}${suggestion}`;
      findings.push({ path: ["objectives", index, "metric"], message });
    }
  }
  return { objectives: found, findings };
}

function studyObjective(objective: Objective, metric: Metric, confidence: number): StudyObjective {
  const { below, above, quantile, probability } = objective;
  const limit = below ?? above ?? Number.NaN;
  const side = below === undefined ? "above" : "below";
  const bound = `${side} ${limit}`;
  const common = { metric, side, limit, confidence: objective.confidence ?? confidence } as const;
  if (probability !== undefined) {
    const objectiveText = `${metric.name} ${bound} in ${percent(probability)} of runs`;
    return { ...common, estimand: "probability", level: probability, objective: objectiveText };
  }
  if (quantile !== undefined) {
    const objectiveText = `${percent(quantile)} quantile of ${metric.name} ${bound}`;
    return { ...common, estimand: "quantile", level: quantile, objective: objectiveText };
  }
  return { ...common, estimand: "mean", level: undefined, objective: `mean of ${metric.name} ${bound}` };
}

function percent(fraction: number): string {
  return `${Number((100 * fraction).toPrecision(12))} %`;
}

import { histogramsOf, metricsOf, seriesOf, type Metric, type Plan } from "@loadstar/engine";

/** What runs give. */
export interface Measured {
  readonly metrics: readonly Metric[];
  readonly series: readonly Metric[];
  readonly histograms: readonly Metric[];
  /** Components that are one of several equal ones: replicas, and edges that begin or end at one. */
  readonly copies: ReadonlySet<string>;
}

/** What the runs of a plan give, in the engine's order. */
export function measuredBy(plan: Plan): Measured {
  return {
    metrics: metricsOf(plan),
    series: seriesOf(plan),
    histograms: histogramsOf(plan),
    copies: copiesIn(plan),
  };
}

function copiesIn({ servers, edges }: Plan): ReadonlySet<string> {
  const replicas = new Set(servers.filter(({ group }) => group !== "").map(({ id }) => id));
  const copied = edges.filter(({ source, target }) => replicas.has(source) || replicas.has(target));
  return new Set([...replicas, ...copied.map(({ id }) => id)]);
}

/** What the runs of all plans give, in the order of the first: where components differ, those that all have. */
export function measuredByAll(plans: readonly Plan[]): Measured {
  const [first, ...others] = plans.map(measuredBy);
  if (first === undefined) return { metrics: [], series: [], histograms: [], copies: new Set() };
  const common = (listOf: (measured: Measured) => readonly Metric[]): readonly Metric[] => {
    const names = namesOf(listOf(first));
    const different = others.map((other) => namesOf(listOf(other))).filter((other) => !isEqual(other, names));
    if (different.length === 0) return listOf(first);
    const sets = different.map((list) => new Set(list));
    return listOf(first).filter(({ name }) => sets.every((set) => set.has(name)));
  };
  return {
    metrics: common(({ metrics }) => metrics),
    series: common(({ series }) => series),
    histograms: common(({ histograms }) => histograms),
    copies: first.copies,
  };
}

function namesOf(metrics: readonly Metric[]): readonly string[] {
  return metrics.map(({ name }) => name);
}

function isEqual(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((name, position) => name === other[position]);
}

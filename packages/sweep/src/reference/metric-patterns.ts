import { histogramsOf, metricsByPart, seriesOf, type MeasuredPart, type Metric, type Plan } from "@loadstar/engine";

/** Metrics of many plans that differ only in the names of what they are about. */
export interface MetricPattern {
  readonly part: MeasuredPart;
  /** The name, with what it is about in angle brackets. */
  readonly name: string;
  readonly unit: string;
  readonly description: string;
}

/** The patterns of what a plan measures, of its time series and of its histograms. */
export interface PlanPatterns {
  readonly metrics: readonly MetricPattern[];
  readonly series: readonly MetricPattern[];
  readonly histograms: readonly MetricPattern[];
}

/** What the names of a plan stand for. */
type Words = ReadonlyMap<string, string>;

/** The patterns of a plan, each once. */
export function patternsOf(plan: Plan): PlanPatterns {
  const metrics = metricsByPart(plan).flatMap(([part, all]) => all.map((metric) => ({ part, metric })));
  const parts = new Map(metrics.map(({ part, metric: { name } }) => [name, part]));
  const owner = (metric: Metric): MeasuredPart =>
    parts.get(metric.name) ?? (metric.component === undefined ? "system" : "trouble");
  const words = wordsOf(plan);
  const patterns = (all: readonly Metric[]): readonly MetricPattern[] =>
    distinct(all.map((metric) => patternOf(metric, owner(metric), { plan, words })));
  return {
    metrics: distinct(metrics.map(({ part, metric }) => patternOf(metric, part, { plan, words }))),
    series: patterns(seriesOf(plan)),
    histograms: patterns(histogramsOf(plan)).map((pattern) => ({
      ...pattern,
      part: pattern.name.startsWith("<") ? "server" : "system",
    })),
  };
}

function distinct(patterns: readonly MetricPattern[]): readonly MetricPattern[] {
  return [...new Map(patterns.map((pattern) => [pattern.name, pattern] as const).toReversed()).values()].toReversed();
}

function patternOf(
  { name, unit, description, component }: Metric,
  part: MeasuredPart,
  { plan, words }: { readonly plan: Plan; readonly words: Words },
): MetricPattern {
  if (component === undefined) return { part, name, unit, description };
  const dot = name.lastIndexOf(".");
  const owner = ownerOf(name.slice(0, dot), { component, part, words });
  const inner = innerNames(part, component, plan);
  const quantity = inner.reduce(
    (text, [word, placeholder]) => (text.startsWith(`${word}_`) ? `${placeholder}${text.slice(word.length)}` : text),
    name.slice(dot + 1),
  );
  const told = [...inner, ...wordsWithin(description, name.slice(0, dot), { component, part, words })].reduce(
    (text, [word, placeholder]) => replaceWord(text, word, placeholder),
    description,
  );
  return { part, name: `${owner}.${quantity}`, unit, description: told };
}

interface Owned {
  readonly component: string;
  readonly part: MeasuredPart;
  readonly words: Words;
}

/** What a name begins with, in angle brackets. */
function ownerOf(prefix: string, { component, part, words }: Owned): string {
  if (part === "kind") return prefix.includes("/") ? "<generator>/<endpoint>" : "<class>";
  const node = nodeOf(component, part, words);
  if (prefix === component) return node;
  return `${node}${prefix.charAt(component.length)}${prefix.charAt(component.length) === "/" ? "<endpoint>" : "<class>"}`;
}

/** What a component is for the metrics of a part: brokers and what stands for others have all that servers have, too. */
function nodeOf(component: string, part: MeasuredPart, words: Words): string {
  const word = words.get(`${part} ${component}`) ?? words.get(component);
  return OWNERS[part] ?? word ?? "<server>";
}

/** What those of a part are always of. */
const OWNERS: Partial<Record<MeasuredPart, string>> = {
  cache: "<cache>",
  llm: "<model>",
  rows: "<database>",
  autoscaler: "<replica set>",
  replica_set: "<replica set>",
};

/** Names that stand in a description. */
function wordsWithin(
  description: string,
  prefix: string,
  { component, part, words }: Owned,
): readonly (readonly [string, string])[] {
  if (part !== "kind" && part !== "visit") return [];
  const own = ownerOf(component, { component, part: "server", words });
  const class_name = /of class (\S+)/.exec(description)?.[1];
  const endpoint = / for (\S+)/.exec(description)?.[1];
  const generator = / of (\S+) for /.exec(description)?.[1];
  return [
    ...(class_name === undefined ? [] : [[class_name, "<class>"] as const]),
    ...(endpoint === undefined ? [] : [[endpoint, "<endpoint>"] as const]),
    ...(part === "kind" && prefix.includes("/") && generator !== undefined
      ? [[generator, "<generator>"] as const]
      : []),
    ...(part === "visit" ? [[component, own] as const] : []),
  ];
}

/** Names of pools or topics, which quantities begin with, the longest first. */
function innerNames(part: MeasuredPart, component: string, plan: Plan): readonly (readonly [string, string])[] {
  const pools = plan.servers
    .filter(({ id, group }) => id === component || group === component)
    .flatMap(({ pools: all, cpu }) => [
      ...all.map(({ name }) => name),
      ...(cpu !== undefined && cpu.threads > 0 ? ["threads"] : []),
    ]);
  const topics = (plan.brokers ?? []).flatMap(({ topics: all }) => all.map(({ name }) => name));
  const named = (names: readonly string[], placeholder: string): readonly (readonly [string, string])[] =>
    [...new Set(names)].toSorted((one, other) => other.length - one.length).map((name) => [name, placeholder]);
  if (part === "broker") return named(topics, "<topic>");
  return part === "pool" || part === "replica_set" || part === "detail" ? named(pools, "<pool>") : [];
}

function replaceWord(text: string, word: string, placeholder: string): string {
  const escaped = word.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&");
  return text.replaceAll(new RegExp(`(?<![\\w-/])${escaped}(?![\\w-])`, "g"), placeholder);
}

/** What each id of a plan is, and for some parts what it is there: a load balancer may have the id of a replica set. */
function wordsOf({ edges, generators, load_balancers, servers, brokers = [], detectors = [] }: Plan): Words {
  const consumers = brokers.flatMap(({ topics }) => topics.flatMap(({ groups }) => groups.map(({ id }) => id)));
  return new Map([
    ...servers.map(({ group }) => [group, "<replica set>"] as const),
    ...servers.map(({ id }) => [id, "<server>"] as const),
    ...edges.map(({ id }) => [id, "<edge>"] as const),
    ...generators.map(({ id }) => [id, "<generator>"] as const),
    ...detectors.map(({ id }) => [id, "<detector>"] as const),
    ...load_balancers.map(({ id }) => [`ejection ${id}`, "<load balancer>"] as const),
    ...consumers.map((id) => [`broker ${id}`, "<consumer>"] as const),
    ...brokers.map(({ id }) => [`broker ${id}`, "<broker>"] as const),
  ]);
}

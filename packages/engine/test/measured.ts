import { metricsOf, run, seriesOf, type Plan, type RunResult } from "../src/index.js";

/** Reads a result by metric name. */
export type Measured = (name: string) => number;

/** The metrics of a result by name; an unknown name is an error, so that no test compares undefined with undefined. */
export function measured(plan: Plan, result: RunResult): Measured {
  const positions = new Map(metricsOf(plan).map(({ name }, position) => [name, position]));
  return (name) => {
    const position = positions.get(name);
    if (position === undefined) throw new RangeError(`Cannot read metric "${name}": the plan has none of this name`);
    return result.metrics[position]!;
  };
}

/** The names for which two results differ in a bit: to compare one list of names is many times as fast as to expect each value. */
export function differing<Value extends number | Float64Array | undefined>(
  metrics: readonly { readonly name: string }[],
  one: (name: string) => Value,
  other: (name: string) => Value,
): readonly string[] {
  return metrics.map(({ name }) => name).filter((name) => !hasSameBits(one(name), other(name)));
}

function hasSameBits(one: number | Float64Array | undefined, other: number | Float64Array | undefined): boolean {
  if (!(one instanceof Float64Array && other instanceof Float64Array))
    return typeof one === "number" && Object.is(one, other);
  return one.length === other.length && one.every((value, index) => Object.is(value, other[index]));
}

/** Runs one replication and gives its metrics by name. */
export function runMeasured(plan: Plan, seed = 1, replication = 0): Measured {
  return measured(plan, run(plan, seed, replication));
}

/** Runs the first replication in which there is one request, and gives its metrics by name. */
export function runOfOneRequest(plan: Plan): Measured {
  for (let replication = 0; ; replication++) {
    const value = runMeasured(plan, 1, replication);
    if (value("requests_generated") === 1) return value;
  }
}

/** One row of `table` (`result.series` or `result.samples`): the cells of a time series. */
export function rowOf(plan: Plan, table: Float64Array, name: string): Float64Array {
  const names = seriesOf(plan).map((metric) => metric.name);
  const row = names.indexOf(name);
  if (row < 0) throw new RangeError(`Cannot read series "${name}": the plan has none of this name`);
  const cells = table.length / names.length;
  return table.slice(row * cells, (row + 1) * cells);
}

/** All rows of `table` by name. */
export function rowsOf(plan: Plan, table: Float64Array): ReadonlyMap<string, Float64Array> {
  const names = seriesOf(plan).map(({ name }) => name);
  const cells = table.length / names.length;
  return new Map(names.map((name, row) => [name, table.slice(row * cells, (row + 1) * cells)]));
}

/** All metrics of a result by name. */
export function metricsByName(plan: Plan, { metrics }: RunResult): ReadonlyMap<string, number> {
  return new Map(metricsOf(plan).map(({ name }, position) => [name, metrics[position]!]));
}

import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { createSimulation, metricsOf, runPrepared } from "@loadstar/engine";
import { describe, expect, test } from "vitest";
import { loadStudy, type StudyOverrides } from "../src/index.js";

/** What AsyncFlow 0.1.1 measured: mean, standard deviation and number of its replications, by file and metric. */
type Expected = Readonly<Record<string, { readonly metrics: Readonly<Record<string, Sample>> }>>;

interface Sample {
  readonly mean: number;
  readonly std: number;
  readonly n: number;
}

const EXPECTED = JSON.parse(readFileSync(new URL("asyncflow/expected.json", import.meta.url), "utf8")) as Expected;

const REPLICATIONS = 40;

/** One false alarm in 150,000 comparisons; there are about 110. */
const FAR = 4.5;

/** AsyncFlow's names of what a whole run measures. */
const NAMES: Readonly<Record<string, string>> = {
  total_requests: "requests_completed",
  mean: "latency_s_mean",
  median: "latency_s_p50",
  std_dev: "latency_s_std",
  p95: "latency_s_p95",
  p99: "latency_s_p99",
  min: "latency_s_min",
  max: "latency_s_max",
  throughput_rps: "throughput_per_s",
};

/** AsyncFlow's names of what it samples at a component. */
const SAMPLED_NAMES: Readonly<Record<string, string>> = {
  ready_queue_len: "ready_queue_mean",
  event_loop_io_sleep: "io_queue_mean",
  ram_in_use: "ram_used_mb_mean",
  edge_concurrent_connection: "connections_mean",
};

describe("loadStudy and runPrepared", () => {
  test.each(Object.keys(EXPECTED))("runPrepared agrees with AsyncFlow 0.1.1 on every metric of %s", async (name) => {
    const distances = distancesFrom(name, await measure(name));
    expect(distances.size).toBe(Object.keys(EXPECTED[name]!.metrics).length);
    const [metric, worst] = worstOf(distances);
    process.stdout.write(
      `${name}: worst of ${distances.size} metrics is ${metric}, ${worst.toFixed(2)} standard errors away\n`,
    );
    expect(Object.fromEntries([...distances].filter(([, z]) => !(z <= FAR)))).toEqual({});
  });

  test.each([
    [
      "CPU steps 5 % longer",
      "topology_graph.nodes.servers[app-1].endpoints[/api].steps[0].step_operation.cpu_time",
      0.0021,
    ],
    ["an edge 3 % slower", "topology_graph.edges[client-app].latency.mean", 0.003_09],
  ])("runPrepared is told apart from AsyncFlow with %s", async (_change, path, value) => {
    const distances = distancesFrom("my_service", await measure("my_service", { set: [[path, value]] }));
    expect(worstOf(distances)[1]).toBeGreaterThan(FAR);
  });
});

/** Mean and standard deviation over replications of every metric. */
async function measure(name: string, overrides: StudyOverrides = {}): Promise<ReadonlyMap<string, Sample>> {
  const file = fileURLToPath(new URL(`asyncflow/${name}.yml`, import.meta.url));
  const { points, seed } = await loadStudy(file, { dialect: "asyncflow", ...overrides });
  const { plan } = points[0]!;
  const simulation = createSimulation(plan);
  const runs = Array.from({ length: REPLICATIONS }, (_, replication) => runPrepared(simulation, seed, replication));
  return new Map(
    metricsOf(plan).map((metric, index) => [metric.name, sampleOf(runs.map(({ metrics }) => metrics[index]!))]),
  );
}

function sampleOf(values: readonly number[]): Sample {
  const n = values.length;
  const mean = values.reduce((sum, value) => sum + value, 0) / n;
  const variance = values.reduce((sum, value) => sum + (value - mean) * (value - mean), 0) / (n - 1);
  return { mean, std: Math.sqrt(variance), n };
}

/** How far each metric is from AsyncFlow's [standard errors of the difference]. */
function distancesFrom(name: string, measured: ReadonlyMap<string, Sample>): ReadonlyMap<string, number> {
  return new Map(
    Object.entries(EXPECTED[name]!.metrics).map(([theirName, theirs]) => {
      const [quantity = "", component] = theirName.split(":");
      const ourName = component === undefined ? NAMES[quantity] : `${component}.${SAMPLED_NAMES[quantity]}`;
      const ours = measured.get(ourName ?? "");
      if (ours === undefined) throw new Error(`Cannot compare ${theirName}: there is no metric ${ourName}`);
      const error = Math.sqrt((ours.std * ours.std) / ours.n + (theirs.std * theirs.std) / theirs.n);
      return [theirName, Math.abs(ours.mean - theirs.mean) / error];
    }),
  );
}

function worstOf(distances: ReadonlyMap<string, number>): readonly [metric: string, distance: number] {
  return [...distances].reduce((worst, candidate) => (candidate[1] > worst[1] ? candidate : worst));
}
